import * as l10n from '@vscode/l10n';
import { AnsibleModel, setVariable } from './ansibleModel';
import { entriesOf, isRecord, type YamlFile, type YamlPath } from './yamlFile';

/** Groups within groups; Ansible has no bound, a person needs none so deep. */
const MAX_DEPTH = 32;

/**
 * An inventory in the format of Ansible's `yaml` inventory plugin: groups at the top, each with `hosts`, `children` and
 * `vars`. The data are bounded by the reader of the file.
 */
export function readAnsibleYaml(file: YamlFile, maxHosts: number): AnsibleModel {
  const model = new AnsibleModel(maxHosts);
  for (const { line, message } of file.problems) model.problem(line, message);
  if (file.data !== null && !isRecord(file.data)) model.problem(1, l10n.t('there are no groups in it'));
  for (const [name, value] of entriesOf(file.data)) readGroup(name, value, [name], file, model);
  return model;
}

function readGroup(name: string, value: unknown, path: YamlPath, file: YamlFile, model: AnsibleModel): void {
  const line = file.lineOf(path);
  model.group(name, line).declared = true;
  if (value === null) return;
  if (!isRecord(value) || path.length > 2 * MAX_DEPTH) {
    model.problem(line, l10n.t('“{0}” is no group', name));
    return;
  }
  for (const [key, content] of Object.entries(value)) {
    const place = [...path, key];
    if (key === 'vars') readVariables(name, content, place, file, model);
    else if (key === 'hosts') readHosts(name, content, place, file, model);
    else if (key === 'children') readChildren(name, content, place, file, model);
    else model.problem(file.lineOf(place), l10n.t('“{0}” is not known in a group', key));
  }
}

function readVariables(group: string, content: unknown, path: YamlPath, file: YamlFile, model: AnsibleModel): void {
  const { variables } = model.group(group, file.lineOf(path));
  for (const [key, value] of entriesOf(content)) setVariable(variables, key, value, file.lineOf([...path, key]));
}

function readHosts(group: string, content: unknown, path: YamlPath, file: YamlFile, model: AnsibleModel): void {
  if (content !== null && !isRecord(content)) {
    model.problem(file.lineOf(path), l10n.t('hosts must be a map: each name followed by a colon'));
  }
  for (const [pattern, variables] of entriesOf(content)) {
    model.addHosts(pattern, group, entriesOf(variables), file.lineOf([...path, pattern]));
  }
}

function readChildren(group: string, content: unknown, path: YamlPath, file: YamlFile, model: AnsibleModel): void {
  if (content !== null && !isRecord(content)) {
    model.problem(file.lineOf(path), l10n.t('children must be a map: each name followed by a colon'));
  }
  for (const [name, value] of entriesOf(content)) {
    const place = [...path, name];
    model.group(name, file.lineOf(place)).parents.add(group);
    readGroup(name, value, place, file, model);
  }
}
