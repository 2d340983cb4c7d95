/** The script of the worker. Nothing of Jupyter may be imported from here. */
import { type IWorkerScope, serve } from './serve.js';

serve(self as unknown as IWorkerScope);
