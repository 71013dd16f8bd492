// Questions asked inside the page about how it can be read and used. Each returns a list of complaints.

// Every colour that text can have, against what it stands on: WCAG's ratio must be 4.5 or more.
export function contrastProblems() {
  const probe = document.createElement('span');
  document.body.append(probe);
  const channels = (name) => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color.match(/[\d.]+/g).slice(0, 3).map(Number);
  };
  const luminance = (name) => {
    const [r, g, b] = channels(name).map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (one, other) => {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  };
  const words = ['ink', 'faint', 'accent', 'exit', 'item', 'npc', 'player', 'say', 'good', 'bad'];
  const pairs = words.map((word) => [word, 'paper']).concat([['on-accent', 'accent'], ['exit', 'raised'], ['faint', 'raised'],
    ['ink', 'raised']]);
  const problems = pairs.filter(([word, ground]) => !(ratio(word, ground) >= 4.5))
    .map(([word, ground]) => `${word} on ${ground}: ${ratio(word, ground).toFixed(2)}`);
  probe.remove();
  return problems;
}

// Buttons, inputs and meters that a screen reader could not name.
export function namelessThings() {
  const named = (thing) => thing.getAttribute('aria-label') || thing.textContent.trim()
    || [...(thing.labels ?? [])].some((label) => label.textContent.trim());
  return [...document.querySelectorAll('button, input, meter, nav, a')].filter((thing) => !named(thing))
    .map((thing) => thing.outerHTML.slice(0, 120));
}

// Things to press that are shown and lower than a fingertip.
export function smallTargets() {
  return [...document.querySelectorAll('button, input')]
    .map((thing) => ({ thing, box: thing.getBoundingClientRect() }))
    .filter(({ box }) => box.height > 0 && box.height < 44)
    .map(({ thing, box }) => `${thing.outerHTML.slice(0, 80)}: ${box.height} high`);
}
