import { CircleAlert, CircleCheck, Info, Minus, TriangleAlert } from "lucide-react";

/** How good or bad the news is. Always shown with words and a shape as well. */
export type Tone = "positive" | "limited" | "caution" | "critical" | "neutral";

export const toneStyle: Record<Tone, string> = {
  positive: "border-positive-line bg-positive-soft text-positive",
  limited: "border-limited-line bg-limited-soft text-limited",
  caution: "border-caution-line bg-caution-soft text-caution",
  critical: "border-critical-line bg-critical-soft text-critical",
  neutral: "border-line bg-sunken text-muted",
};

export const toneText: Record<Tone, string> = {
  positive: "text-positive",
  limited: "text-limited",
  caution: "text-caution",
  critical: "text-critical",
  neutral: "text-muted",
};

export const toneIcon = {
  positive: CircleCheck,
  limited: Info,
  caution: TriangleAlert,
  critical: CircleAlert,
  neutral: Minus,
} as const;
