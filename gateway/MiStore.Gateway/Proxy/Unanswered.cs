using MiStore.Gateway.Edge;
using MiStore.Gateway.Pages;
using MiStore.ServiceDefaults;
using Yarp.ReverseProxy.Forwarder;

namespace MiStore.Gateway.Proxy;

/// <summary>What a client hears when a service could not be reached, or did not answer in time: a problem, or for a page a page.</summary>
static class Unanswered
{
    public static void UseUnanswered(this IReverseProxyApplicationBuilder proxy)
    {
        var log = proxy.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(Unanswered));
        proxy.Use((http, next) => Handle(http, next, log));
    }

    static async Task Handle(HttpContext http, RequestDelegate next, ILogger log)
    {
        await next(http);

        if (http.GetForwarderErrorFeature() is not { } fault || http.Response.HasStarted || http.RequestAborted.IsCancellationRequested)
            return;

        http.Response.Clear();
        if (fault.Error != ForwarderError.RequestBodyClient && http.GetReverseProxyFeature().Cluster.Config.ClusterId == Services.Storefront)
        {
            Log(http, fault, log);
            await DoorPage.Send(http, Why.Away, StatusCodes.Status503ServiceUnavailable, seconds: 1);
        }
        else
            await Answer(http, fault, log).ExecuteAsync(http);
    }

    static IResult Answer(HttpContext http, IForwarderErrorFeature fault, ILogger log)
    {
        if (fault.Error == ForwarderError.RequestBodyClient)
            return BodyFault(fault.Exception) switch
            {
                { StatusCode: StatusCodes.Status413PayloadTooLarge } => RequestGuard.TooLarge(),
                { StatusCode: StatusCodes.Status408RequestTimeout } => Problems.Of(
                    StatusCodes.Status408RequestTimeout, "request-timeout", "The request body came too slowly."),
                _ => Problems.MalformedRequest("The request body broke off."),
            };

        Log(http, fault, log);
        http.Response.Headers.RetryAfter = "1";
        return Problems.Of(
            StatusCodes.Status503ServiceUnavailable, "service-unavailable",
            "This part of the shop does not answer at the moment. Please try again.");
    }

    static void Log(HttpContext http, IForwarderErrorFeature fault, ILogger log) => log.LogWarning(
        "503 for {Method} {Path}: {Service} did not answer: {Fault}, {Cause}", http.Request.Method, http.Request.Path,
        http.GetReverseProxyFeature().Cluster.Config.ClusterId, fault.Error, fault.Exception?.GetBaseException().Message);

    static BadHttpRequestException? BodyFault(Exception? exception) => exception switch
    {
        BadHttpRequestException fault => fault,
        AggregateException many => many.InnerExceptions.Select(BodyFault).FirstOrDefault(fault => fault is not null),
        { InnerException: { } inner } => BodyFault(inner),
        _ => null,
    };
}
