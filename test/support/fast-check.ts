import fc from "fast-check";

// A failure of a rare kind can be shrunk for hours: after a minute the smallest case so far is shown.
fc.configureGlobal({ interruptAfterTimeLimit: 60_000, markInterruptAsFailure: true });
