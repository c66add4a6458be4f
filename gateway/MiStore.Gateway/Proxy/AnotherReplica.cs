using System.Net.Sockets;
using Yarp.ReverseProxy.Forwarder;

namespace MiStore.Gateway.Proxy;

/// <summary>
/// Asks another replica where one could not be asked at all: its connection was refused, so nothing of the request has reached
/// anybody. A GET that broke off before an answer began is asked again too; anything else that may have arrived is not, because
/// only the client knows whether it means it twice.
/// </summary>
static class AnotherReplica
{
    public static void UseAnotherReplica(this IReverseProxyApplicationBuilder proxy) => proxy.Use(async (http, next) =>
    {
        var feature = http.GetReverseProxyFeature();
        var untried = feature.AvailableDestinations;
        while (true)
        {
            await next(http);
            if (http.GetForwarderErrorFeature() is not { } fault || http.Response.HasStarted || http.RequestAborted.IsCancellationRequested
                || !MayBeAskedAgain(http.Request.Method, fault))
                return;

            untried = [.. untried.Where(replica => replica != feature.ProxiedDestination)];
            if (untried.Count == 0)
                return;

            http.Response.Clear();
            http.Features.Set<IForwarderErrorFeature>(null);
            feature.AvailableDestinations = untried;
            feature.ProxiedDestination = null;
        }
    });

    static bool MayBeAskedAgain(string method, IForwarderErrorFeature fault) =>
        fault.Error == ForwarderError.Request
        && (WasNeverSent(fault.Exception) || HttpMethods.IsGet(method));

    static bool WasNeverSent(Exception? exception) =>
        exception is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError }
        && exception.GetBaseException() is SocketException { SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostUnreachable };
}
