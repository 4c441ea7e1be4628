import { Message, RecordBatchFileWriter, type Schema } from "apache-arrow";

/**
 * apache-arrow's file writer leaves out the schema message after the magic. The specification's file
 * is magic, padding and then a whole stream, so that a file cut short can be read from byte 8 on.
 */
export class IpcFileWriter extends RecordBatchFileWriter {
  protected override _writeSchema(schema: Schema): this {
    super._writeSchema(schema);
    this._writeMessage(Message.from(schema));
    return this;
  }
}
