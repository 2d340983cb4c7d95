export declare class Watchdog {
  constructor(clock: () => number);
  look(reading: number, beat: number): number;
}
