import { contextBridge, ipcRenderer } from 'electron';
import { channels, type ShellBridge, type ShellCommand } from '../../shared/shell/bridge.js';

/** Nothing of Electron itself goes to the page: each function sends one message. */
const bridge: ShellBridge = {
  chooseFolder: () => ipcRenderer.invoke(channels.chooseFolder),
  chooseFile: () => ipcRenderer.invoke(channels.chooseFile),
  reveal: (path) => ipcRenderer.invoke(channels.reveal, path),
  appearance: (choice) => ipcRenderer.invoke(channels.appearance, choice),
  onCommand(listener) {
    const heard = (_event: unknown, command: ShellCommand): void => listener(command);
    ipcRenderer.on(channels.command, heard);
    return () => void ipcRenderer.off(channels.command, heard);
  },
};

contextBridge.exposeInMainWorld('comask', bridge);
