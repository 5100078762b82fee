// A row of months opens at its end, where the newest is.
for (const region of document.querySelectorAll("[data-open-at-end]")) region.scrollLeft = region.scrollWidth;
