using System.Buffers;

namespace CloudPump.Connectors.Generate;

/// <summary>
/// Logins as JSON. People mistype now and then; and in every 10,000 events there is one attack, in which a single address
/// tries many accounts, for analyzers to find.
/// </summary>
internal sealed class LoginGenerator(long seed) : ISampleGenerator
{
    private const int Users = 800;
    private const int AttackEvery = 10_000;
    private const int AttackStart = 4_000;
    private const int AttackLength = 120;
    private readonly ClientAddresses _clients = new(seed);
    private readonly WeightedChoice _user = WeightedChoice.Zipf(Users, quarters: 2);

    public string Name => "logins";

    public void Write(long number, DateTimeOffset time, IBufferWriter<byte> output)
    {
        var random = new SampleRandom(seed, number);
        var isAttack = (ulong)number % AttackEvery is >= AttackStart and < AttackStart + AttackLength;
        var user = isAttack ? random.Below(Users) : _user.Pick(ref random);
        var isFailure = random.Chance(isAttack ? 985 : 40);
        var line = new LineWriter(output);
        line.Text("{\"login_id\":\"l-"u8);
        line.Digits(number, 9);
        line.Text("\",\"timestamp\":\""u8);
        line.Rfc3339(time);
        line.Text("\",\"user\":\"user-"u8);
        line.Digits(user, 4);
        line.Text("\",\"client_ip\":\""u8);
        line.Text(_clients[Client(number, user, isAttack, ref random)]);
        line.Text("\",\"method\":\""u8);
        line.Text(isAttack || random.Chance(700) ? "password"u8 : "passkey"u8);
        line.Text("\",\"result\":\""u8);
        line.Text(isFailure ? "failure\",\"reason\":\""u8 : "success"u8);
        line.Text(isFailure ? Reason(ref random) : default);
        line.Text("\"}"u8);
        line.Finish();
    }

    // A person logs in from two places, mostly the first; all of an attack comes from one place.
    private int Client(long number, int user, bool isAttack, ref SampleRandom random)
    {
        var place = isAttack
            ? new SampleRandom(seed, ~(number / AttackEvery))
            : new SampleRandom(seed, long.MinValue + user * 2 + (random.Chance(100) ? 1 : 0));
        return _clients.Pick(ref place);
    }

    private static ReadOnlySpan<byte> Reason(ref SampleRandom random) => random.Below(10) switch
    {
        0 => "account_locked"u8,
        1 => "unknown_user"u8,
        _ => "wrong_password"u8,
    };
}
