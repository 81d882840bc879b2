// Sound and vibration: what happened, without looking.

import type { Tone } from "../engine/lane";

let context: AudioContext | null = null;

/** Browsers let a page sound only after it was touched. */
export function wakeSound(): void {
  type Old = { webkitAudioContext?: typeof AudioContext };
  const Kind = window.AudioContext ?? (window as Old).webkitAudioContext;
  if (!Kind) return;
  context ??= new Kind();
  if (context.state === "suspended") void context.resume();
}

// Pitch (Hz), start and length (seconds) of each note.
const TUNES: Record<Tone, [number, number, number][]> = {
  ok: [[1320, 0, 0.08]],
  closed: [[1047, 0, 0.09], [1319, 0.11, 0.09], [1568, 0.22, 0.16]],
  warn: [[880, 0, 0.1], [880, 0.15, 0.1]],
  ask: [[740, 0, 0.12], [587, 0.16, 0.14]],
  refuse: [[220, 0, 0.32]],
};
const BUZZ: Record<Tone, number[]> = {
  ok: [35], closed: [40, 40, 40, 40, 120], warn: [80, 60, 80], ask: [120, 80, 120], refuse: [350],
};

export function beep(tone: Tone, sound: boolean): void {
  navigator.vibrate?.(BUZZ[tone]);
  if (!sound || !context || context.state !== "running") return;
  for (const [pitch, start, length] of TUNES[tone]) {
    const voice = context.createOscillator();
    const level = context.createGain();
    voice.type = tone === "refuse" ? "sawtooth" : "square";
    voice.frequency.value = pitch;
    const from = context.currentTime + start;
    level.gain.setValueAtTime(0.18, from);
    level.gain.setValueAtTime(0, from + length);
    voice.connect(level).connect(context.destination);
    voice.start(from);
    voice.stop(from + length);
  }
}
