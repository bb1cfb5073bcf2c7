/** What the engine's host is, from what the engine says of itself; pure. */

export interface PlatformInfo {
  /** `linux` or `windows`: what its containers run. */
  readonly os: string;
  readonly kernel: string;
  readonly hostName: string;
  readonly rootless: boolean;
  readonly desktop: boolean;
}

/**
 * - `linux`: an engine on the kernel that has the interfaces
 * - `desktop`: Docker Desktop, in a virtual machine of its own, on Linux too
 * - `rootless`: in a network namespace of RootlessKit
 * - `wsl2`: in the virtual machine of WSL, behind its address translation
 * - `windows`: Windows containers, which know no macvlan
 */
export type Platform = "linux" | "desktop" | "rootless" | "wsl2" | "windows";

export function platformOf(info: PlatformInfo): Platform {
  if (info.os === "windows") return "windows";
  // Docker Desktop on Windows runs in WSL as well, but in a distribution of its own.
  if (info.desktop) return "desktop";
  if (info.rootless) return "rootless";
  if (/microsoft/i.test(info.kernel)) return "wsl2";
  return "linux";
}

/**
 * Whether the interfaces of this machine are those that the engine puts networks on. `local`: it is
 * reached without a network. A socket may still lead elsewhere (forwarded by ssh, mounted into a
 * development container), and then the host names differ.
 */
export function seesInterfaces(info: PlatformInfo, local: boolean, hostName: string): boolean {
  const platform = platformOf(info);
  return local && info.hostName === hostName && (platform === "linux" || platform === "wsl2");
}
