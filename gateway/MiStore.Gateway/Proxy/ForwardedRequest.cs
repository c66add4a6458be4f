using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace MiStore.Gateway.Proxy;

/// <summary>
/// What of a client's request a service gets to see. Headers pass by name, so that no spelling of one that a service or
/// framework might trust (X-Forwarded-For, Forwarded, X-Original-URL, X_User_Id, …) comes from outside; who the client
/// is and how it reached us, we say ourselves.
/// </summary>
static class ForwardedRequest
{
    // Conditions are answered here (ConditionalGet), compression is not ours, traces continue by themselves.
    static readonly string[] Headers =
    [
        "Accept", "Accept-Language", "Authorization", "Content-Length", "Content-Type", "Idempotency-Key", "If-Match",
        "Prefer", "Sale-Ticket", "User-Agent",
    ];

    // The pages know their shopper by a cookie, and their own forms by where the browser says that one comes from. The API
    // needs no cookie and gets none.
    static readonly string[] PageHeaders = ["Cookie", "Origin", "Sec-Fetch-Site"];

    public static void Shape(TransformBuilderContext route)
    {
        route.AddRequestHeadersAllowed(route.Cluster?.ClusterId == Services.Storefront ? [.. Headers, .. PageHeaders] : Headers);
        route.AddXForwarded(ForwardedTransformActions.Set);
    }
}
