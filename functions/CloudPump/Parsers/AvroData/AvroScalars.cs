using CloudPump.Events;

namespace CloudPump.Parsers.AvroData;

/// <content>Values of one number or none.</content>
internal static class AvroScalars
{
    /// <summary>null.</summary>
    internal sealed class Null : AvroNode
    {
        public override void Set(ref AvroCursor cursor, EventBatch batch, int row, ushort field) => batch.SetNull(row, field);

        public override void Write(ref AvroCursor cursor, ByteBuffer json) => json.Write("null"u8);

        public override void Skip(ref AvroCursor cursor)
        {
        }
    }

    /// <summary>boolean: one byte, 0 or 1.</summary>
    internal sealed class Boolean : AvroNode
    {
        public override void Set(ref AvroCursor cursor, EventBatch batch, int row, ushort field) => batch.SetBool(row, field, Read(ref cursor));

        public override void Write(ref AvroCursor cursor, ByteBuffer json) => json.Write(Read(ref cursor) ? "true"u8 : "false"u8);

        public override void Skip(ref AvroCursor cursor) => Read(ref cursor);

        private static bool Read(ref AvroCursor cursor)
        {
            var start = cursor.Position;
            if (cursor.Take(1, "A boolean") is not [var value])
            {
                return false;
            }

            if (value > 1)
            {
                cursor.FailAt("A boolean is neither 0 nor 1", start);
            }

            return value == 1;
        }
    }

    /// <summary>int or long, as an integer or, promoted, as a float or double.</summary>
    internal sealed class Integer(bool isInt, AvroType reader) : AvroNode
    {
        public override void Set(ref AvroCursor cursor, EventBatch batch, int row, ushort field)
        {
            var value = Read(ref cursor);
            if (reader is AvroType.Float or AvroType.Double)
            {
                batch.SetDouble(row, field, Promoted(value));
            }
            else
            {
                batch.SetInt64(row, field, value);
            }
        }

        public override void Write(ref AvroCursor cursor, ByteBuffer json)
        {
            var value = Read(ref cursor);
            if (reader is AvroType.Float or AvroType.Double)
            {
                EventJsonWriter.WriteDouble(json, Promoted(value));
            }
            else
            {
                EventJsonWriter.WriteInt64(json, value);
            }
        }

        public override void Skip(ref AvroCursor cursor) => cursor.Long();

        private long Read(ref AvroCursor cursor) => isInt ? cursor.Int() : cursor.Long();

        private double Promoted(long value) => reader == AvroType.Float ? (float)value : value;
    }

    /// <summary>float or double; a float becomes the double of the same value.</summary>
    internal sealed class Floating(bool isFloat) : AvroNode
    {
        public override void Set(ref AvroCursor cursor, EventBatch batch, int row, ushort field) => batch.SetDouble(row, field, Read(ref cursor));

        public override void Write(ref AvroCursor cursor, ByteBuffer json) => EventJsonWriter.WriteDouble(json, Read(ref cursor));

        public override void Skip(ref AvroCursor cursor) => Read(ref cursor);

        private double Read(ref AvroCursor cursor) => isFloat ? cursor.Float() : cursor.Double();
    }
}
