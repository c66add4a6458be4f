using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MiStore.Gateway.WaitingRoom;

/// <summary>What one gateway has counted of a sale since it last wrote it down; bounded, because all that is counted has a name of ours.</summary>
public sealed class Tally
{
    readonly ConcurrentDictionary<string, long> counts = new();

    public void Count(string what) => counts.AddOrUpdate(what, 1, (_, count) => count + 1);

    /// <param name="refusal">Its code; null where it was none.</param>
    public void Answered(TimeSpan took, int status, string? refusal)
    {
        var limit = Array.Find(Conduct.Classes, limit => took.TotalMilliseconds <= limit);
        Count(Counted.Took + (limit == 0 ? Conduct.Classes[^1] : limit));
        if (status >= StatusCodes.Status500InternalServerError)
            Count(Counted.Failed);
        if (refusal is not null)
            Count(Counted.Refused + refusal);
    }

    /// <summary>What was counted, which begins anew.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Take() =>
        [.. counts.Keys.Select(what => counts.TryRemove(what, out var count) ? KeyValuePair.Create(what, count) : default).Where(one => one.Value > 0)];

    /// <summary>Around every call of a sale.</summary>
    public static async ValueTask<object?> Around(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        var http = call.HttpContext;
        var rooms = http.RequestServices.GetRequiredService<SaleRooms>();
        if (!Guid.TryParse(http.Request.RouteValues["id"] as string, out var id) || rooms.Known(id) is not { Tally: { } tally })
            return await next(call);

        var began = Stopwatch.GetTimestamp();
        try
        {
            var result = await next(call);
            var problem = (result is INestedHttpResult nested ? nested.Result : result) as ProblemHttpResult;
            // What was held as long as it was asked to says nothing of us.
            if (!http.Response.Headers.ContainsKey("Preference-Applied"))
                tally.Answered(
                    Stopwatch.GetElapsedTime(began), problem?.StatusCode ?? StatusCodes.Status200OK,
                    problem?.ProblemDetails.Extensions["code"] as string);
            return result;
        }
        catch (Exception) when (!http.RequestAborted.IsCancellationRequested)
        {
            tally.Answered(Stopwatch.GetElapsedTime(began), StatusCodes.Status503ServiceUnavailable, "service-unavailable");
            throw;
        }
    }
}
