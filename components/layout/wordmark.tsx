/** The mark beside the product's name; on a phone `brief` leaves the mark alone to be seen. Same drawing as `app/icon.svg`. */
export function Wordmark({ brief = false }: { brief?: boolean | undefined }) {
  return (
    <span className="inline-flex items-center gap-2 font-semibold">
      <svg viewBox="0 0 32 32" className="size-6 shrink-0 text-accent" aria-hidden="true">
        <path d="M6 4h18a2 2 0 0 1 2 2v20a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2z" fill="currentColor" />
        <path
          d="M11.5 11.5l2.6 9.5 3.4-8 3.4 8 2.6-9.5M8 4v24"
          fill="none"
          className="stroke-surface"
          strokeWidth="2"
          strokeLinejoin="round"
        />
      </svg>
      <span className={brief ? "max-sm:sr-only" : undefined}>Wardbook</span>
    </span>
  );
}
