using Microsoft.Extensions.Configuration;

namespace MiStore.ServiceDefaults;

/// <summary>
/// The clock of a service. A stack can be started at another moment (a launch that is rehearsed): then every service
/// reads the same <c>Clock:Offset</c>, and time runs on from there.
/// </summary>
public sealed class Clock(TimeSpan offset) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + offset;

    internal static TimeProvider From(IConfiguration configuration) =>
        configuration.GetValue<TimeSpan>("Clock:Offset") is var offset && offset == TimeSpan.Zero ? System : new Clock(offset);
}
