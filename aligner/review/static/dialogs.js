// Dialogs, built from words and never from markup. A dialog stays open, with what was typed, until it is saved or closed.

export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in element && name !== "list") element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

/**
 * Open a dialog with a form.
 * @param save is called with the form's values; returns the text of what is wrong or, when all is well, a
 *   function that sets the focus once the dialog is closed (nothing behind an open dialog can have it).
 */
export function openDialog(title, fields, save, label = "Save") {
  const back = document.activeElement;
  const trouble = make("p", { className: "trouble", role: "alert" });
  const form = make("form", { method: "dialog" },
    ...fields,
    trouble,
    make("p", { className: "ends" },
      make("button", { type: "submit", className: "main" }, label),
      make("button", { type: "button", className: "close" }, "Cancel", make("kbd", {}, "Esc")),
    ),
  );
  const dialog = make("dialog", {}, make("h2", { id: "dialog-title" }, title), form);
  dialog.setAttribute("aria-labelledby", "dialog-title");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const done = await save(Object.fromEntries(new FormData(form)));
    if (typeof done === "string") {
      trouble.textContent = done;
      return;
    }
    dialog.close("saved");
    done?.();
  });
  dialog.querySelector(".close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (!dialog.returnValue && back?.isConnected) back.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

export function choices(name, legend, options, chosen) {
  return make("fieldset", {}, make("legend", {}, legend),
    ...options.map(([value, text]) =>
      make("label", {}, make("input", { type: "radio", name, value, checked: value === chosen, autofocus: value === chosen }), ` ${text}`)),
  );
}

export function select(name, label, options, chosen) {
  return make("label", { className: "row" }, `${label} `,
    make("select", { name }, ...options.map((value) => make("option", { value, selected: value === chosen }, value))));
}

export function field(name, label, value = "", properties = {}) {
  return make("label", { className: "row" }, `${label} `, make("input", { name, value, maxLength: 2000, autocomplete: "off", ...properties }));
}
