// A file on its way: sent not by fetch(), which does not say how much has gone.

export function posted(path, data, progress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", path);
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      // Sent whole it is not read yet: the bar goes on without an end.
      if (loaded < total) Object.assign(progress, { max: total, value: loaded });
      else progress.removeAttribute("value");
    });
    request.addEventListener("load", () => {
      const arrived = request.status === 200 && request.responseURL === new URL(path, location.href).href;
      if (arrived) resolve(request.responseText);
      else reject(new Error(request.status));
    });
    request.addEventListener("error", reject);
    request.send(data);
  });
}

export function bar(name) {
  const progress = document.createElement("progress");
  progress.setAttribute("aria-label", `${name} is on its way`);
  return progress;
}

// What did not arrive says so, and can be sent once more.
export function tellLost(place, name, again) {
  place.textContent = `${name} did not arrive. `;
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "button", textContent: "Send it again" });
  button.addEventListener("click", again, { once: true });
  place.append(button);
}

export function takesDrops(place, take) {
  for (const over of ["dragenter", "dragover"]) {
    place.addEventListener(over, (event) => {
      event.preventDefault();
      place.classList.add("is-over");
    });
  }
  for (const gone of ["dragleave", "drop"]) place.addEventListener(gone, () => place.classList.remove("is-over"));
  place.addEventListener("drop", (dropped) => {
    dropped.preventDefault();
    take(dropped.dataTransfer.files);
  });
}
