/** Phosphor fill icons (MIT), only those used, as path data; drawn as elements or as images for the chart. */

import airplane from "@phosphor-icons/core/fill/airplane-tilt-fill.svg?raw";
import arrowClockwise from "@phosphor-icons/core/fill/arrow-clockwise-fill.svg?raw";
import arrowCounter from "@phosphor-icons/core/fill/arrow-counter-clockwise-fill.svg?raw";
import arrowsLeftRight from "@phosphor-icons/core/fill/arrows-left-right-fill.svg?raw";
import arrowsOut from "@phosphor-icons/core/fill/arrows-out-fill.svg?raw";
import bank from "@phosphor-icons/core/fill/bank-fill.svg?raw";
import boat from "@phosphor-icons/core/fill/boat-fill.svg?raw";
import bookOpen from "@phosphor-icons/core/fill/book-open-fill.svg?raw";
import buildings from "@phosphor-icons/core/fill/buildings-fill.svg?raw";
import caretDown from "@phosphor-icons/core/fill/caret-down-fill.svg?raw";
import caretLeft from "@phosphor-icons/core/fill/caret-left-fill.svg?raw";
import chartBar from "@phosphor-icons/core/fill/chart-bar-fill.svg?raw";
import copy from "@phosphor-icons/core/fill/copy-fill.svg?raw";
import creditCard from "@phosphor-icons/core/fill/credit-card-fill.svg?raw";
import database from "@phosphor-icons/core/fill/database-fill.svg?raw";
import downloadSimple from "@phosphor-icons/core/fill/download-simple-fill.svg?raw";
import eyeSlash from "@phosphor-icons/core/fill/eye-slash-fill.svg?raw";
import fileText from "@phosphor-icons/core/fill/file-text-fill.svg?raw";
import floppy from "@phosphor-icons/core/fill/floppy-disk-fill.svg?raw";
import folder from "@phosphor-icons/core/fill/folder-open-fill.svg?raw";
import graph from "@phosphor-icons/core/fill/graph-fill.svg?raw";
import houseLine from "@phosphor-icons/core/fill/house-line-fill.svg?raw";
import identification from "@phosphor-icons/core/fill/identification-card-fill.svg?raw";
import keyboard from "@phosphor-icons/core/fill/keyboard-fill.svg?raw";
import lockKey from "@phosphor-icons/core/fill/lock-key-fill.svg?raw";
import magnifier from "@phosphor-icons/core/fill/magnifying-glass-fill.svg?raw";
import mapPin from "@phosphor-icons/core/fill/map-pin-fill.svg?raw";
import mapTrifold from "@phosphor-icons/core/fill/map-trifold-fill.svg?raw";
import megaphone from "@phosphor-icons/core/fill/megaphone-fill.svg?raw";
import minus from "@phosphor-icons/core/fill/minus-fill.svg?raw";
import moon from "@phosphor-icons/core/fill/moon-fill.svg?raw";
import packageIcon from "@phosphor-icons/core/fill/package-fill.svg?raw";
import path from "@phosphor-icons/core/fill/path-fill.svg?raw";
import phone from "@phosphor-icons/core/fill/phone-fill.svg?raw";
import plus from "@phosphor-icons/core/fill/plus-fill.svg?raw";
import pushPin from "@phosphor-icons/core/fill/push-pin-fill.svg?raw";
import question from "@phosphor-icons/core/fill/question-fill.svg?raw";
import shareNetwork from "@phosphor-icons/core/fill/share-network-fill.svg?raw";
import shippingContainer from "@phosphor-icons/core/fill/shipping-container-fill.svg?raw";
import stack from "@phosphor-icons/core/fill/stack-fill.svg?raw";
import sun from "@phosphor-icons/core/fill/sun-fill.svg?raw";
import table from "@phosphor-icons/core/fill/table-fill.svg?raw";
import target from "@phosphor-icons/core/fill/target-fill.svg?raw";
import truck from "@phosphor-icons/core/fill/truck-fill.svg?raw";
import user from "@phosphor-icons/core/fill/user-fill.svg?raw";
import usersThree from "@phosphor-icons/core/fill/users-three-fill.svg?raw";
import warning from "@phosphor-icons/core/fill/warning-fill.svg?raw";
import close from "@phosphor-icons/core/fill/x-fill.svg?raw";

const files = {
  "airplane-tilt": airplane,
  "arrow-clockwise": arrowClockwise,
  "arrow-counter": arrowCounter,
  "arrows-left-right": arrowsLeftRight,
  "arrows-out": arrowsOut,
  bank,
  boat,
  "book-open": bookOpen,
  buildings,
  "caret-down": caretDown,
  "caret-left": caretLeft,
  "chart-bar": chartBar,
  copy,
  "credit-card": creditCard,
  database,
  download: downloadSimple,
  "eye-slash": eyeSlash,
  "file-text": fileText,
  floppy,
  folder,
  graph,
  "house-line": houseLine,
  "identification-card": identification,
  keyboard,
  "lock-key": lockKey,
  magnifier,
  "map-pin": mapPin,
  "map-trifold": mapTrifold,
  megaphone,
  minus,
  moon,
  package: packageIcon,
  path,
  phone,
  plus,
  "push-pin": pushPin,
  question,
  "share-network": shareNetwork,
  "shipping-container": shippingContainer,
  stack,
  sun,
  table,
  target,
  truck,
  user,
  "users-three": usersThree,
  warning,
  close,
};

export type IconName = keyof typeof files;

/** The path data of an icon on a 256 x 256 field. */
export function iconPath(name: string): string {
  const raw = files[name as IconName] as string | undefined;
  return Array.from((raw ?? files.question).matchAll(/ d="([^"]+)"/g), (match) => match[1]).join(" ");
}

/** An icon as an image address for the chart's renderer. */
export function iconImage(name: string, colour: string): string {
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64" viewBox="0 0 256 256">` +
    `<path fill="${colour}" d="${iconPath(name)}"/></svg>`;
  return `data:image/svg+xml;utf8,${encodeURIComponent(svg)}`;
}
