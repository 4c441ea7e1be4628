import { chunkMaker } from "./chunk-maker.ts";
import { serve } from "./serve.ts";

export default serve(chunkMaker);
