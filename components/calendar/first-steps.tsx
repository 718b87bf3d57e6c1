import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Section } from "#components/ui/section.tsx";
import { Shape } from "#components/ui/shape.tsx";
import type { FirstStepShown, FirstSteps as Steps } from "#lib/domain/calendar/first-steps/schema.ts";

type FormAction = (form: FormData) => Promise<void>;

type FirstStepsProps = { steps: Steps; home: string; putAside: FormAction; callBack: FormAction };

/** The first half hour of a clinic, until everything is done or put aside. */
export function FirstSteps({ steps: { steps, aside }, home, putAside, callBack }: FirstStepsProps) {
  const t = useTranslations("calendar.firstSteps");
  if (steps.length === 0) return <CallBack count={aside} callBack={callBack} />;
  const open = steps.filter(({ done }) => !done);
  return (
    <Section
      title={t("title")}
      id="first-steps"
      lede={t("lede", { done: steps.length - open.length, all: steps.length })}
      actions={<PutAside steps={open} putAside={putAside} label={t("putAllAside")} />}
    >
      <StepList steps={open} {...{ home, putAside }} />
      {open.length < steps.length && (
        <details className="mt-3">
          <summary className="link cursor-pointer text-sm">
            {t("doneSteps", { count: steps.length - open.length })}
          </summary>
          <div className="mt-3">
            <StepList steps={steps.filter(({ done }) => done)} {...{ home, putAside }} />
          </div>
        </details>
      )}
      <div className="mt-3">
        <CallBack count={aside} callBack={callBack} />
      </div>
    </Section>
  );
}

type StepListProps = { steps: readonly FirstStepShown[]; home: string; putAside: FormAction };

function StepList({ steps, ...shared }: StepListProps) {
  return (
    <ol className="divide-y rounded-md border">
      {steps.map((step) => (
        <StepLine key={step.step} step={step} {...shared} />
      ))}
    </ol>
  );
}

function StepLine({ step, home, putAside }: { step: FirstStepShown; home: string; putAside: FormAction }) {
  const t = useTranslations("calendar.firstSteps");
  const { done, mine, path, asked } = step;
  const title = t(`step.${step.step}.title`);
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 p-3">
      <div className="flex min-w-0 flex-1 basis-64 gap-2.5">
        <span className={done ? "mt-1 text-positive" : "mt-1 text-muted"}>
          <Shape name={done ? "tick" : "ring"} />
        </span>
        <div className="min-w-0">
          <p className="font-medium">
            {title} <span className="sr-only">{t(done ? "done" : "open")}</span>
          </p>
          {!done && (
            <>
              <p className="max-w-prose text-sm">{t(`step.${step.step}.why`)}</p>
              {asked.length > 0 && (
                <p className="text-muted text-xs">
                  {t("asked", {
                    items: asked.map(({ item }) => item).join(", "),
                    count: asked.length,
                    citations: [...new Set(asked.map(({ citation }) => citation))].join("; "),
                  })}
                </p>
              )}
              {!mine && <p className="text-sm">{t("owner")}</p>}
            </>
          )}
        </div>
      </div>
      {!done && (
        <div className="flex flex-wrap gap-2 print:hidden">
          <LinkButton size="small" variant={mine ? "primary" : undefined} href={`${home}${path}`}>
            {t(`step.${step.step}.action`)}
          </LinkButton>
          <PutAside steps={[step]} putAside={putAside} label={t("putAside")} about={title} />
        </div>
      )}
    </li>
  );
}

type PutAsideProps = {
  steps: readonly FirstStepShown[];
  putAside: FormAction;
  label: string;
  /** What the button is about, for who hears it without its line. */
  about?: string | undefined;
};

function PutAside({ steps, putAside, label, about }: PutAsideProps) {
  return (
    <form action={putAside} className="print:hidden">
      {steps.map(({ step }) => (
        <input key={step} type="hidden" name="steps" value={step} />
      ))}
      <Button type="submit" size="small">
        {label}
        {about !== undefined && <span className="sr-only">: {about}</span>}
      </Button>
    </form>
  );
}

function CallBack({ count, callBack }: { count: number; callBack: FormAction }) {
  const t = useTranslations("calendar.firstSteps");
  if (count === 0) return null;
  return (
    <form action={callBack} className="flex flex-wrap items-center gap-3 text-sm print:hidden">
      <span className="text-muted">{t("aside", { count })}</span>
      <Button type="submit" size="small">
        {t("callBack")}
      </Button>
    </form>
  );
}
