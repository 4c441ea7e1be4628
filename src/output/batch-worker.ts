import { serve } from "../pool/serve.ts";
import { batchWriter } from "./batch-writer.ts";

export default serve(batchWriter);
