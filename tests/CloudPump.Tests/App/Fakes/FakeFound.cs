using Azure;

namespace CloudPump.Tests.App.Fakes;

/// <summary>A row that was looked for.</summary>
internal sealed class FakeFound<T>(T? value) : NullableResponse<T>
    where T : class
{
    public override bool HasValue => value is not null;

    public override T? Value => value;

    public override Response GetRawResponse() => new FakeResponse();
}
