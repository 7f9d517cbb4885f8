using CloudPump.Events;
using CloudPump.Expressions;

namespace CloudPump.Tests.Expressions;

public sealed class DigestTests
{
    [Theory]
    [InlineData("hash('abc')", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData("hash(b'abc')", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData("hash('')", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("hash('abc', 'sha1')", "a9993e364706816aba3e25717850c26c9cd0d89d")]
    [InlineData("hash('abc', 'md5')", "900150983cd24fb0d6963f7d28e17f72")]
    [InlineData("hash('abc', 'sha384')", "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7")]
    [InlineData("hash('abc', 'sha512')", "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f")]
    [InlineData("hash('abc', 'xxh64')", "44bc2cf5ad770999")]
    [InlineData("hash(name, algorithm)", "900150983cd24fb0d6963f7d28e17f72")]

    // RFC 4231, test case 2.
    [InlineData("hmac('what do ya want for nothing?', 'Jefe')", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")]
    [InlineData("hmac(question, 'Jefe')", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")]
    [InlineData("hmac(question, key)", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")]
    [InlineData("hmac(bytes(question), key)", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")]
    public void A_digest_is_hexadecimal_text(string expression, string expected) => Assert.Equal($"\"{expected}\"", Event().Evaluate(expression).ToString());

    [Theory]
    [InlineData("hash(name, question)", "the algorithm is none of sha256, sha512, sha384, sha1, md5, xxh64")]
    [InlineData("hash(number)", "'hash' does not take (int)")]
    [InlineData("hmac(number, 'k')", "'hmac' does not take (int, string)")]
    [InlineData("hmac(name, number)", "'hmac' does not take (string, int)")]
    [InlineData("hmac(name, empty)", "the key of 'hmac' is empty")]
    [InlineData("hmac(missing, 'k')", "the event has no field 'missing'")]
    [InlineData("hmac(name, missing)", "the event has no field 'missing'")]
    public void What_cannot_be_digested_is_an_error(string expression, string reason) => Assert.Equal(reason, Event().Evaluate(expression).Reason);

    [Fact]
    public void A_key_that_changes_gives_the_digest_of_each_key()
    {
        var row = Event();
        var compiled = Expression.Parse("hmac(name, key)").Compile(row.Batch.Fields);
        foreach (var key in (string[])["one", "two", "two", "one", "one more"])
        {
            row.With("key", Value.Of(key));
            var expected = row.Evaluate($"hmac('abc', '{key}')").ToString();
            Assert.Equal(expected, compiled.Evaluate(row.Batch, row.Number).ToString());
        }
    }

    [Theory]
    [InlineData("hmac(question, 'Jefe')")]
    [InlineData("hmac(question, key)")]
    [InlineData("hash(question)")]
    [InlineData("hash(question, 'xxh64')")]
    public void A_digest_takes_no_memory_once_it_is_warm(string expression)
    {
        var row = Event();
        Assert.Equal(0, Memory.Of(Expression.Parse(expression).Compile(row.Batch.Fields), row));
    }

    private static Row Event() => new Row()
        .With("name", Value.Of("abc"))
        .With("empty", Value.Of(""))
        .With("number", Value.Of(1L))
        .With("algorithm", Value.Of("md5"))
        .With("key", Value.Of("Jefe"))
        .With("question", Value.Of("what do ya want for nothing?"));
}
