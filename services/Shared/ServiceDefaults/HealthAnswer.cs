using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MiStore.ServiceDefaults;

/// <summary>
/// <c>{"status":"healthy","checks":{"catalogdb":"healthy"}}</c>: names and states, and no word of why, because whoever
/// can reach the gateway can read it. The cause is in the log.
/// </summary>
static class HealthAnswer
{
    public static Task Write(HttpContext http, HealthReport report) => http.Response.WriteAsJsonAsync(
        new
        {
            status = WordFor(report.Status),
            checks = report.Entries.ToDictionary(check => check.Key, check => WordFor(check.Value.Status)),
        },
        http.RequestAborted);

    static string WordFor(HealthStatus status) => JsonNamingPolicy.KebabCaseLower.ConvertName(status.ToString());
}
