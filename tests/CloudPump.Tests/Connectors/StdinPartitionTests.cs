using System.Text;
using CloudPump.Connectors.Console;
using CloudPump.Events;
using CloudPump.Hosting;

namespace CloudPump.Tests.Connectors;

public sealed class StdinPartitionTests
{
    [Fact]
    public async Task Lines_come_whole_however_the_input_is_cut()
    {
        var text = "one\r\n\ntwo\nthree, long\n" + new string('x', 100) + "\nno end";
        for (var chunk = 1; chunk < text.Length + 2; chunk++)
        {
            var events = await ReadAsync(text, chunk, maxEvent: 50);
            Assert.Equal(["0:one", "6:two", "10:three, long", "dead", "123:no end"], events);
        }
    }

    [Fact]
    public async Task A_whole_document_is_one_event()
    {
        Assert.Equal(["0:a\nb\n"], await ReadAsync("a\nb\n", 1, 50, whole: true));
        Assert.Equal(["dead"], await ReadAsync("a\nb\n", 1, 3, whole: true));
    }

    private static async Task<List<string>> ReadAsync(string text, int chunk, int maxEvent, bool whole = false)
    {
        var context = new SourceContext { Pipeline = "p", Time = new FakeClock(), Streams = null!, WholeDocuments = whole };
        await using var partition = new StdinPartition(new Drip(Encoding.UTF8.GetBytes(text), chunk), maxEvent, context);
        var events = new List<string>();
        for (var batch = new EventBatch(new FieldTable()); await partition.ReadAsync(batch, TestContext.Current.CancellationToken) == ReadResult.Events; batch.Clear())
        {
            events.AddRange(Enumerable.Range(0, batch.RowCount).Select(r =>
                batch.RemovalOf(r) == Removal.Dead ? "dead" : $"{batch.Header(r).Offset}:{Encoding.UTF8.GetString(batch.Raw(r))}"));
        }

        return events;
    }

    /// <summary>A stream that gives a few bytes at a time.</summary>
    private sealed class Drip(byte[] bytes, int chunk) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(chunk, buffer.Length)], cancellationToken);
    }
}
