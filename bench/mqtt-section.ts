import { summary, type Section } from './measure.ts';
import { benchMqtt } from './mqtt.ts';

export const mqttSection: Section = {
  name: 'mqtt',
  summary: 'values through the broker over TLS',
  async run(options) {
    const figures = await benchMqtt(options.repetitions);
    return {
      section: 'mqtt',
      about: [
        'Values per CPU-second: TLS, guard, MQTT, decoding and acknowledgement, to a sink that answers at once.',
      ],
      measured: figures.map(({ valuesPerMessage, valuesPerCpuSecond }) =>
        summary(`${valuesPerMessage} values a message`, 'values/CPU s', [valuesPerCpuSecond]),
      ),
      ratios: [],
    };
  },
};
