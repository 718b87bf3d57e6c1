import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const { resolve } = createRequire(import.meta.url);

/**
 * Every weight and slope the templates use. One missing here would be taken from the machine's own fonts, where another
 * version gives other bytes.
 */
const SANS = [
  "@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf",
  "@expo-google-fonts/noto-sans/400Regular_Italic/NotoSans_400Regular_Italic.ttf",
  "@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf",
  "@expo-google-fonts/noto-sans/700Bold_Italic/NotoSans_700Bold_Italic.ttf",
];
const MONO = [
  "@expo-google-fonts/noto-sans-mono/400Regular/NotoSansMono_400Regular.ttf",
  "@expo-google-fonts/noto-sans-mono/700Bold/NotoSansMono_700Bold.ttf",
];

export function readFonts(): { sans: Buffer[]; mono: Buffer[] } {
  return { sans: SANS.map(readFont), mono: MONO.map(readFont) };
}

function readFont(path: string): Buffer {
  return readFileSync(resolve(path));
}
