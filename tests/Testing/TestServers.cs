using Xunit;

namespace MiStore.Testing;

/// <summary>
/// The servers that tests run on, named by the environment; <c>./mistore test</c> starts them and says where they are.
/// Without one its tests skip; with TEST_REQUIRE_SERVERS=1 they fail, so that a build machine cannot pass by skipping.
/// </summary>
public static class TestServers
{
    /// <summary>An Npgsql connection string of a user who may create databases.</summary>
    public static string Postgres =>
        Required("TEST_POSTGRES", "an Npgsql connection string of a superuser") + ";Timeout=60;Command Timeout=120"; // a busy machine is not a dead server

    /// <summary>A StackExchange.Redis connection string.</summary>
    public static string Redis => Required("TEST_REDIS", "a StackExchange.Redis connection string");

    /// <summary>An amqp:// URI.</summary>
    public static string RabbitMq => Required("TEST_RABBITMQ", "an amqp:// URI");

    static string Required(string variable, string meaning)
    {
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value)
            return value;

        var reason = $"{variable} is not set ({meaning}). `./mistore test` starts the servers and sets it.";
        if (Environment.GetEnvironmentVariable("TEST_REQUIRE_SERVERS") == "1")
            Assert.Fail(reason);
        Assert.Skip(reason);
        throw new InvalidOperationException(reason);
    }
}
