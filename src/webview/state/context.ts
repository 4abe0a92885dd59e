import { createContext } from 'preact';
import { useCallback, useContext, useState } from 'preact/hooks';
import type { Report } from '../../report/model';
import type { Session } from './session';

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('There is no session around this part of the page.');
  return session;
}

/** A state that is kept with the view. `key` must not change during the life of the component. */
export function useViewState<T>(
  key: string,
  isValid: (value: unknown) => value is T,
  initial: T,
): readonly [T, (value: T) => void] {
  const { view } = useSession();
  const [value, setValue] = useState<T>(() => {
    const kept = view.read(key);
    return isValid(kept) ? kept : initial;
  });
  const change = useCallback(
    (next: T) => {
      setValue(() => next);
      view.write(key, next);
    },
    [view, key],
  );
  return [value, change];
}

/** The report that is drawn; boundaries try again when there is a new one. */
export const ReportContext = createContext<Report | null>(null);

export function useReport(): Report | null {
  return useContext(ReportContext);
}
