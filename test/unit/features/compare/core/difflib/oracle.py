"""Answers each line of stdin, a case as JSON, with what difflib says, as JSON. The first answer is Python's version."""
import difflib
import json
import sys


def opcodes(codes):
    return [list(code) for code in codes]


def matcher_answer(case):
    junk = set(case["junk"])
    matcher = difflib.SequenceMatcher(
        (lambda element: element in junk) if junk else None, case["left"], case["right"], autojunk=case["autojunk"]
    )
    return {
        "longest": list(matcher.find_longest_match(*case["range"])),
        "blocks": [list(block) for block in matcher.get_matching_blocks()],
        "opcodes": opcodes(matcher.get_opcodes()),
        "grouped": [opcodes(group) for group in matcher.get_grouped_opcodes(case["context"])],
        "ratio": matcher.ratio(),
        "quick": matcher.quick_ratio(),
        "realQuick": matcher.real_quick_ratio(),
        "junk": sorted(matcher.bjunk),
        "popular": sorted(matcher.bpopular),
    }


def delta_answer(case):
    left, right, context = case["left"], case["right"], case["context"]
    linejunk = difflib.IS_LINE_JUNK if case["lineJunk"] else None
    charjunk = difflib.IS_CHARACTER_JUNK if case["characterJunk"] else None
    delta = list(difflib.ndiff(left, right, linejunk, charjunk))
    names = ["a b", "c\td", "yesterday" if context % 2 else "", "today"]
    html = difflib.HtmlDiff(case["tabSize"], case["wrapColumns"], linejunk, charjunk)
    prepared = html._tab_newline_replace(left, right)
    rows = difflib._mdiff(*prepared, case["rowContext"], linejunk, charjunk)
    if case["wrapColumns"] is not None:
        rows = html._line_wrapper(rows)
    as_bytes = lambda lines: [line.encode("utf-8") for line in lines]
    in_bytes = difflib.diff_bytes(difflib.unified_diff, as_bytes(left), as_bytes(right), b"\xff", b"\xe9", n=context)
    return {
        "ndiff": delta,
        "restored": [list(difflib.restore(delta, 1)), list(difflib.restore(delta, 2))],
        "unified": list(difflib.unified_diff(left, right, *names, n=context, lineterm=case["lineEnd"])),
        "context": list(difflib.context_diff(left, right, *names, n=context, lineterm=case["lineEnd"])),
        "rows": list(rows),
        "bytes": [line.hex() for line in in_bytes],
        "lineJunk": [difflib.IS_LINE_JUNK(line) for line in left],
    }


def close_answer(case):
    return difflib.get_close_matches(case["word"], case["possibilities"], case["count"], case["cutoff"])


ANSWERS = {"matcher": matcher_answer, "delta": delta_answer, "close": close_answer}

print(json.dumps(list(sys.version_info[:2])))
for line in sys.stdin:
    case = json.loads(line)
    print(json.dumps(ANSWERS[case["kind"]](case)))
