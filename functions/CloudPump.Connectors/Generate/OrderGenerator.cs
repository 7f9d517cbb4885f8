using System.Buffers;
using System.Text;

namespace CloudPump.Connectors.Generate;

/// <summary>Orders of a web shop as JSON: a customer, a few items, the total, how it was paid.</summary>
internal sealed class OrderGenerator(long seed) : ISampleGenerator
{
    private const int Customers = 5_000;
    private const int Products = 300;
    private static readonly byte[][] Countries = ToBytes("US", "DE", "GB", "FR", "JP", "CA", "NL", "SE", "CZ", "BR");
    private static readonly byte[][] Statuses = ToBytes("paid", "pending", "cancelled", "refunded");
    private static readonly byte[][] Channels = ToBytes("web", "app", "shop", "phone");
    private readonly WeightedChoice _customer = WeightedChoice.Zipf(Customers, quarters: 3);
    private readonly WeightedChoice _product = WeightedChoice.Zipf(Products, quarters: 4);
    private readonly WeightedChoice _status = new([90, 6, 3, 1]);
    private readonly WeightedChoice _channel = new([55, 35, 8, 2]);

    public string Name => "orders";

    public void Write(long number, DateTimeOffset time, IBufferWriter<byte> output)
    {
        var random = new SampleRandom(seed, number);
        var customer = _customer.Pick(ref random);
        var line = new LineWriter(output);
        line.Text("{\"order_id\":\"o-"u8);
        line.Digits(number, 9);
        line.Text("\",\"timestamp\":\""u8);
        line.Rfc3339(time);
        line.Text("\",\"customer\":\"c-"u8);
        line.Digits(customer, 4);
        line.Text("\",\"country\":\""u8);
        line.Text(Countries[customer % Countries.Length]);
        line.Text("\",\"channel\":\""u8);
        line.Text(Channels[_channel.Pick(ref random)]);
        line.Text("\",\"status\":\""u8);
        line.Text(Statuses[_status.Pick(ref random)]);
        line.Text("\",\"currency\":\"EUR\",\"items\":["u8);
        var total = WriteItems(ref line, ref random);
        line.Text("],\"total\":"u8);
        line.Hundredths(total);
        line.Text("}"u8);
        line.Finish();
    }

    private long WriteItems(ref LineWriter line, ref SampleRandom random)
    {
        var total = 0L;
        var count = 1 + random.Below(4);
        for (var i = 0; i < count; i++)
        {
            var product = _product.Pick(ref random);
            var quantity = 1 + (random.Chance(200) ? random.Below(5) : 0);
            var price = 199 + (long)((uint)product * 2_654_435_761 % 20_000);
            total += price * quantity;
            line.Text(i == 0 ? "{\"sku\":\"p-"u8 : ",{\"sku\":\"p-"u8);
            line.Digits(product, 4);
            line.Text("\",\"quantity\":"u8);
            line.Number(quantity);
            line.Text(",\"price\":"u8);
            line.Hundredths(price);
            line.Text("}"u8);
        }

        return total;
    }

    private static byte[][] ToBytes(params string[] texts) => Array.ConvertAll(texts, Encoding.UTF8.GetBytes);
}
