import { cn } from "#lib/kernel/cn.ts";

type ProgressProps = {
  value: number;
  max: number;
  /** What is progressing: "Training completed". */
  label: string;
  /** How far, in words: "7 of 9 people". */
  text: string;
  hideText?: boolean | undefined;
};

/** How much of something is done. The browser's own element, so the length needs no style attribute. */
export function Progress({ value, max, label, text, hideText }: ProgressProps) {
  return (
    <div className="flex items-center gap-3">
      <progress
        value={value}
        max={Math.max(max, 1)}
        aria-label={`${label}: ${text}`}
        className={cn(
          "h-2 w-full min-w-16 appearance-none overflow-hidden rounded-full border-0 bg-hover",
          "[&::-moz-progress-bar]:bg-accent",
          "[&::-webkit-progress-bar]:bg-hover [&::-webkit-progress-value]:bg-accent",
        )}
      />
      {!hideText && (
        <span className="shrink-0 text-muted text-sm" aria-hidden="true">
          {text}
        </span>
      )}
    </div>
  );
}
