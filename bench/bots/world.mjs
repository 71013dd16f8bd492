// A world of so many rooms, in a grid, with something to fight and something to carry in each.

import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export function makeWorld(folder, rooms) {
  mkdirSync(folder);
  cpSync('content/std', join(folder, 'std'), { recursive: true });
  const width = Math.ceil(Math.sqrt(rooms));
  const name = (i) => `field_${i}`;
  let text = `module fields

zone fields {
  title: "The Fields"
  description: "Grass, as far as anybody has walked."
  start: ${name(0)}
  reset: 1m
}

npc vole {
  short: "a vole"
  description: "Small, brown and in a hurry."
  level: 1
  hp: 15
  damage: 1d2
}

item turnip {
  short: "a turnip"
  description: "Pale, with a purple shoulder."
}
`;
  for (let i = 0; i < rooms; i += 1) {
    const east = (i + 1) % width !== 0 && i + 1 < rooms ? `  exit east -> ${name(i + 1)}\n` : '';
    const west = i % width !== 0 ? `  exit west -> ${name(i - 1)}\n` : '';
    const south = i + width < rooms ? `  exit south -> ${name(i + width)}\n` : '';
    const north = i - width >= 0 ? `  exit north -> ${name(i - width)}\n` : '';
    text += `
room ${name(i)} {
  title: "Field ${i}"
  description: """
    Grass to the knee, a hedge that has not been cut this year, and the sky. A lark is at it again, too high to be
    seen. Somebody has drawn the number ${i} into the dust of the path.
    """
${east}${west}${south}${north}  spawn vole max 2 respawn 30s
  place turnip
}
`;
  }
  writeFileSync(join(folder, 'fields.mud'), text);
}
