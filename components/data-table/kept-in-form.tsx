import { formatListState, type ListAddress } from "./list-state.ts";

type KeptInFormProps = { list: ListAddress; but: readonly string[] };

/** What a form leaves as it is. The page is not among it: every change goes back to the first. */
export function KeptInForm({ list, but }: KeptInFormProps) {
  const query = new URLSearchParams(formatListState({ ...list.state, page: 1 }, list.shape));
  return [...query]
    .filter(([name]) => !but.includes(name))
    .map(([name, value]) => <input key={`${name}=${value}`} type="hidden" name={name} value={value} />);
}
