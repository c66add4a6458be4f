using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using MiStore.Contracts.Sales;
using MiStore.Gateway.Edge;
using MiStore.Gateway.Pages;
using MiStore.ServiceDefaults;

namespace MiStore.Gateway.Load;

/// <summary>
/// How much one client may ask for, by purpose (settings <c>RateLimits:…</c>). Generous enough for an office behind one
/// address; what they stop is one machine that asks for the share of thousands.
/// </summary>
public sealed class RateLimitOptions
{
    public Rate Browse { get; set; } = new() { PerSecond = 50, Burst = 300 };
    public Rate SignUp { get; set; } = new() { PerSecond = 1, Burst = 20 };
    public Rate Cart { get; set; } = new() { PerSecond = 20, Burst = 100 };
    public Rate Quote { get; set; } = new() { PerSecond = 10, Burst = 50 };
    public Rate Order { get; set; } = new() { PerSecond = 5, Burst = 30 };
    public Rate Lookup { get; set; } = new() { PerSecond = 20, Burst = 100 };
    public Rate Operate { get; set; } = new() { PerSecond = 50, Burst = 500 };

    /// <summary>One order's token, wherever it is used from.</summary>
    public Rate LookupByToken { get; set; } = new() { PerSecond = 5, Burst = 30 };

    /// <summary>Orders, and more time to make them, with one ticket for a sale, wherever it is used from.</summary>
    public Rate OrderByTicket { get; set; } = new() { PerSecond = 1, Burst = 20 };

    /// <summary>Networks that are not limited, separated by spaces: our own house, whose pages ask in the name of many.</summary>
    public string Exempt { get; set; } = "127.0.0.0/8 ::1/128";

    public Rate Of(Purpose purpose) => purpose switch
    {
        Purpose.Browse => Browse,
        Purpose.SignUp => SignUp,
        Purpose.Cart => Cart,
        Purpose.Quote => Quote,
        Purpose.Order => Order,
        Purpose.Lookup => Lookup,
        _ => Operate,
    };

    public sealed class Rate
    {
        [Range(1, 1_000_000)]
        public int PerSecond { get; set; } = 1;

        /// <summary>What may be asked for at once after a quiet time.</summary>
        [Range(1, 1_000_000)]
        public int Burst { get; set; } = 1;
    }
}

/// <summary>429 for a client that asks too much, with the time after which it may ask again.</summary>
public static class RateLimits
{
    public static void AddRateLimits(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<RateLimitOptions>().BindConfiguration("RateLimits").ValidateDataAnnotations()
            .Validate(options => Networks.TryParse(options.Exempt, out _), "RateLimits:Exempt is not a list of networks such as 10.0.0.0/8.")
            .ValidateOnStart();
        builder.Services.AddRateLimiter(limiter => limiter.OnRejected = (refused, cancellation) => Refuse(refused.HttpContext, refused.Lease));
        builder.Services.AddOptions<Microsoft.AspNetCore.RateLimiting.RateLimiterOptions>().Configure<IOptions<RateLimitOptions>>(
            (limiter, options) => limiter.GlobalLimiter = PartitionedRateLimiter.CreateChained(
                ByClient(options.Value), ByToken(options.Value), ByTicket(options.Value)));
    }

    static PartitionedRateLimiter<HttpContext> ByClient(RateLimitOptions options)
    {
        Networks.TryParse(options.Exempt, out var exempt);
        return PartitionedRateLimiter.Create<HttpContext, (Purpose, Client)>(http =>
        {
            var purpose = Purposes.Of(http.Request.Method, http.Request.Path);
            var address = http.ClientAddress();
            return purpose == Purpose.Always || exempt.Any(network => network.Contains(address ?? IPAddress.None))
                ? RateLimitPartition.GetNoLimiter(default((Purpose, Client)))
                : RateLimitPartition.GetTokenBucketLimiter((purpose, Client.Of(address)), _ => Bucket(options.Of(purpose)));
        });
    }

    // Nobody has looked at the token yet: it never gives a client more room, it only leaves a token no more than its own.
    static PartitionedRateLimiter<HttpContext> ByToken(RateLimitOptions options) => PartitionedRateLimiter.Create<HttpContext, int>(http =>
        Purposes.Of(http.Request.Method, http.Request.Path) == Purpose.Lookup && http.Request.Headers.Authorization is [{ Length: > 0 } token]
            ? RateLimitPartition.GetTokenBucketLimiter(string.GetHashCode(token), _ => Bucket(options.LookupByToken))
            : RateLimitPartition.GetNoLimiter(0));

    // As it travels: it is sealed anew only when it is let in and given more time, which is not the holder's to do.
    static PartitionedRateLimiter<HttpContext> ByTicket(RateLimitOptions options) => PartitionedRateLimiter.Create<HttpContext, int>(http =>
        HttpMethods.IsPost(http.Request.Method) && http.Request.Headers[TicketSeal.Header] is [{ Length: > 0 } ticket]
            ? RateLimitPartition.GetTokenBucketLimiter(string.GetHashCode(ticket), _ => Bucket(options.OrderByTicket))
            : RateLimitPartition.GetNoLimiter(0));

    static TokenBucketRateLimiterOptions Bucket(RateLimitOptions.Rate rate) => new()
    {
        TokenLimit = rate.Burst,
        TokensPerPeriod = rate.PerSecond,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        QueueLimit = 0,
    };

    static async ValueTask Refuse(HttpContext http, RateLimitLease lease)
    {
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var left) ? Math.Max(1, (int)Math.Ceiling(left.TotalSeconds)) : 1;
        if (DoorPage.IsOf(http.Request.Path))
        {
            await DoorPage.Send(http, Why.TooOften, StatusCodes.Status429TooManyRequests, wait);
            return;
        }

        http.Response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
        await Problems.Of(
            StatusCodes.Status429TooManyRequests, "too-many-requests", "You are asking too often. Please slow down.",
            $"Try again in {wait} s.").ExecuteAsync(http);
    }
}
