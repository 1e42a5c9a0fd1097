import { ApiProblem } from './problem.ts';
import { type Route, route } from './route.ts';

/** Only a demo has this: the one button that removes all of it. */
export function demoRoutes(remove: () => void): Route[] {
  return [
    route({
      method: 'POST',
      path: '/access/demo/remove',
      policy: { read: 'self' },
      summary: 'Remove the demo with all its data; a plant of your own starts in its place',
      handle: async (_input, call) => {
        if (!call.session?.demo) {
          throw new ApiProblem(
            403,
            'E-ACCESS-030',
            'Only somebody who came by the demo link can remove the demo.',
            'Open the link that the demo printed.',
          );
        }
        call.reply.raw.once('finish', remove);
      },
    }),
  ];
}
