using System.Reflection;
using Azure.Data.Tables;
using Azure.Messaging.ServiceBus;
using CloudPump.Tests.App.Surface;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Entities;

namespace CloudPump.Tests.App.Real;

public class SdkExtrasTests
{
    private static readonly Assembly[] Packages =
        [typeof(TableClient).Assembly, typeof(ServiceBusMessage).Assembly, typeof(TaskEntityOperation).Assembly, typeof(FunctionDefinition).Assembly];

    [Fact]
    public void What_the_listings_leave_out_is_as_the_real_packages_have_it()
    {
        var extras = new SdkListing().Add(SdkExtras.Listing.Split('\n'));
        var wrong = extras.Types.SelectMany(name => Packages.Select(p => p.GetType(name)).FirstOrDefault(t => t is not null) is { } type
            ? extras.Untrue(type).Select(m => $"{name}: {m}")
            : [$"{name} is in none of the packages"]).ToList();

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }
}
