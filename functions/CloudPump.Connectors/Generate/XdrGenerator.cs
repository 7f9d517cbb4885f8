using System.Buffers;
using System.Buffers.Binary;

namespace CloudPump.Connectors.Generate;

/// <summary>
/// Records of S1 transactions in a mobile network as hexadecimal text, in the ready layout `s1` of the parser `xdr` (docs/xdr.md): a few thousand subscribers move between cells, attach,
/// are paged, hand over and now and then fail; in one region many more do.
/// </summary>
internal sealed class XdrGenerator(long seed) : ISampleGenerator
{
    private const int Subscribers = 5_000;
    private const int Cells = 400;
    private const int CellsPerArea = 20;
    private const int BadArea = 3;
    private static readonly byte[][] Apns = [[.. "internet"u8], [.. "ims"u8], [.. "iot.example"u8]];

    // Procedure codes of 3GPP TS 36.413, 9.3.7, by how often they are seen.
    private static readonly byte[] Procedures = [9, 23, 10, 12, 18, 0, 3, 5, 7, 13];
    private readonly WeightedChoice _subscriber = WeightedChoice.Zipf(Subscribers, quarters: 2);
    private readonly WeightedChoice _procedure = new([26, 24, 16, 12, 8, 4, 4, 3, 2, 1]);

    public string Name => "xdr";

    public void Write(long number, DateTimeOffset time, IBufferWriter<byte> output)
    {
        var random = new SampleRandom(seed, number);
        var record = new RecordWriter(stackalloc byte[RecordWriter.Room]);
        Record(ref record, ref random, number, time);
        var line = new LineWriter(output);
        line.Hex(record.Written);
        line.Finish();
    }

    private void Record(ref RecordWriter record, ref SampleRandom random, long number, DateTimeOffset time)
    {
        var subscriber = _subscriber.Pick(ref random);
        var cell = ((subscriber * 7) + (random.Chance(150) ? random.Below(Cells) : 0)) % Cells;
        var procedure = Procedures[_procedure.Pick(ref random)];
        var failed = random.Chance(cell / CellsPerArea == BadArea ? 220 : 25);
        var hasBearers = procedure is 9 or 5 or 7 && !failed;
        record.Number(1, 1);
        record.Number(seed, 8);
        record.Number(number, 8);
        record.Number(1 + (cell / 100), 4);
        record.Number(procedure, 1);
        var duration = failed ? 2_000 + random.Below(3_000) : 15 + random.Below(200);
        record.Number(time.ToUnixTimeMilliseconds() - duration, 8);
        record.Number(time.ToUnixTimeMilliseconds(), 8);
        record.Number(failed ? 1 + random.Below(2) : 0, 1);
        var moves = procedure is 0 or 3 ? 4 : 0;
        record.Number((random.Below(5) << 8) | (random.Chance(3) ? 1 : 0) | moves | (subscriber % 50 == 0 ? 16 : 0) | 128, 2);
        record.Number(0b0_0001_1111_1111 | (failed ? 1 << 9 : 0) | (hasBearers ? 1 << 10 : 0) | (1 << 11) | (hasBearers ? 1 << 12 : 0), 2);
        Subscriber(ref record, subscriber, number);
        Places(ref record, cell, subscriber);
        if (failed)
        {
            record.Number(random.Below(3), 1);
            record.Number(random.Below(20), 1);
        }

        Network(ref record, ref random, procedure, subscriber, cell, hasBearers);
    }

    private static void Subscriber(ref RecordWriter record, int subscriber, long number)
    {
        var home = subscriber % 50 == 0 ? 262_02 : 228_01;
        record.Tbcd((home * 10_000_000_000L) + 1_000_000_000 + subscriber, 15, 8);
        var imei = (35_000_000L + (subscriber % 40 * 1_013)) * 1_000_000 + subscriber;
        record.Tbcd((imei * 10) + RecordWriter.LuhnDigit(imei), 15, 8);
        record.Tbcd(41_790_000_000L + subscriber, 11, 8);
        record.Number(1_000_000 + subscriber, 4);
        record.Number(number & 0xff_ffff, 3);
    }

    private static void Places(ref RecordWriter record, int cell, int subscriber)
    {
        record.Plmn01();
        record.Number(32_769 + (cell / 200), 2);
        record.Number(1 + (cell % 4), 1);
        record.Number(0xc000_0000L + subscriber, 4);
        record.Plmn01();
        record.Number(1_000 + (cell / CellsPerArea), 2);
        record.Plmn01();
        record.Number(((10_000L + (cell / 3)) << 8) | (uint)(1 + (cell % 3)), 4);
    }

    private static void Network(ref RecordWriter record, ref SampleRandom random, byte procedure, int subscriber, int cell, bool hasBearers)
    {
        var apn = Apns[subscriber % 10 == 0 ? 2 : random.Chance(200) ? 1 : 0];
        if (hasBearers)
        {
            record.Number(apn.Length, 1);
            record.Bytes(apn);
        }

        record.Number(0x0a00_0101 + (cell / 200), 4);
        record.Number(0x0a10_0000 + (cell / 3), 4);
        if (!hasBearers)
        {
            return;
        }

        var bearers = 1 + random.Below(2);
        record.Number(bearers, 1);
        for (var i = 0; i < bearers; i++)
        {
            record.Number(5 + i, 1);
            record.Number(i == 0 ? 9 : 5, 1);
            record.Number(procedure == 7 ? 2 : 0, 1);
            record.Number(0x0a20_0001 + random.Below(4), 4);
            record.Number((long)(random.Next() >> 32), 4);
            record.Number(0x0a10_0000 + (cell / 3), 4);
            record.Number((long)(random.Next() >> 32), 4);
        }
    }

    private ref struct RecordWriter(Span<byte> room)
    {
        public const int Room = 256;
        private readonly Span<byte> _room = room;
        private int _length;

        public readonly ReadOnlySpan<byte> Written => _room[.._length];

        public void Number(long value, int bytes)
        {
            Span<byte> all = stackalloc byte[8];
            BinaryPrimitives.WriteInt64BigEndian(all, value);
            Bytes(all[^bytes..]);
        }

        public void Bytes(scoped ReadOnlySpan<byte> bytes)
        {
            bytes.CopyTo(_room[_length..]);
            _length += bytes.Length;
        }

        // MCC 228, MNC 01 (3GPP TS 24.008, 10.5.1.13).
        public void Plmn01() => Bytes([0x22, 0xf8, 0x10]);

        /// <summary>Digits, two a byte, the first in the lower half, filled up with F.</summary>
        public void Tbcd(long number, int digits, int bytes)
        {
            _room.Slice(_length, bytes).Fill(0xff);
            for (var i = digits - 1; i >= 0; i--, number /= 10)
            {
                ref var pair = ref _room[_length + (i / 2)];
                pair = (byte)(i % 2 == 0 ? (pair & 0xf0) | (byte)(number % 10) : (pair & 0x0f) | (byte)(number % 10 << 4));
            }

            _length += bytes;
        }

        /// <summary>The digit that makes an IMEI right (3GPP TS 23.003, annex B).</summary>
        public static int LuhnDigit(long number)
        {
            var sum = 0L;
            for (var twice = true; number > 0; number /= 10, twice = !twice)
            {
                var digit = number % 10 * (twice ? 2 : 1);
                sum += (digit / 10) + (digit % 10);
            }

            return (int)((10 - (sum % 10)) % 10);
        }
    }
}
