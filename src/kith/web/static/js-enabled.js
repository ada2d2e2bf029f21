// Runs first thing in the body, so that nothing that needs scripts flashes into view without them.
document.body.classList.add("js-enabled", ...("noModule" in HTMLScriptElement.prototype ? ["govuk-frontend-supported"] : []));
