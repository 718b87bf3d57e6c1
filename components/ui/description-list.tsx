import { Fragment, type ReactNode } from "react";

export type Fact = { term: ReactNode; description: ReactNode; key?: string | undefined };

/** Facts of a record: the term left, what is known right. An unknown says so rather than staying empty. */
export function DescriptionList({ facts }: { facts: readonly Fact[] }) {
  return (
    <div className="@container">
      <dl className="grid grid-cols-1 text-sm @md:grid-cols-[minmax(9rem,14rem)_1fr]">
        {facts.map((fact, index) => (
          <Fragment key={fact.key ?? index}>
            <dt className="pt-2 text-muted @md:border-t @md:py-2 @md:pr-4">{fact.term}</dt>
            <dd className="border-b pb-2 @md:border-t @md:border-b-0 @md:py-2">{fact.description}</dd>
          </Fragment>
        ))}
      </dl>
    </div>
  );
}
