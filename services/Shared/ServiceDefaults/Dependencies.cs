using System.Net.Sockets;
using Npgsql;
using StackExchange.Redis;

namespace MiStore.ServiceDefaults;

/// <summary>Tells a database or cache that is away for the moment from what is wrong with us or with the request.</summary>
public static class Dependencies
{
    /// <summary>True where trying again later may help, because nothing is wrong but that somebody did not answer.</summary>
    public static bool IsAway(Exception? exception) => exception switch
    {
        null => false,
        PostgresException postgres => postgres.IsTransient || postgres.SqlState[..2] is "53" or "57" or "58" or "28",
        NotReady or NpgsqlException or RedisException or TimeoutException or SocketException => true,
        _ => IsAway(exception.InnerException),
    };
}
