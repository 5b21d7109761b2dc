import { lazy, Suspense } from "react";
import { useQuestion } from "../../stores/questions";

const SaveDialog = lazy(() => import("./SaveDialog"));
const CloseDialog = lazy(() => import("./CloseDialog"));
const LiteralsQuestion = lazy(() => import("./LiteralsQuestion"));
const Difference = lazy(() => import("./Difference"));

/** What a tab must know before it goes on; one question at a time. */
export function Questions() {
  const question = useQuestion((s) => s.question);
  return (
    <Suspense>
      {question?.kind === "save" ? (
        <SaveDialog key={question.tab} tab={question.tab} close={question.close} />
      ) : null}
      {question?.kind === "close" ? <CloseDialog key={question.tab} tab={question.tab} /> : null}
      {question?.kind === "literals" ? <LiteralsQuestion key={question.tab} {...question} /> : null}
      {question?.kind === "difference" ? <Difference key={question.tab} tab={question.tab} /> : null}
    </Suspense>
  );
}
