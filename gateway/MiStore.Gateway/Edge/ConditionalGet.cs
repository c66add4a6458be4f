using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace MiStore.Gateway.Edge;

/// <summary>
/// Answers 304 to a client that has what it asks for, wherever the answer came from. The services are always asked for
/// the whole of it: an answer without a body fills no cache, and then every client with an old copy would go through.
/// </summary>
public static class ConditionalGet
{
    public static void UseConditionalGet(this WebApplication app) => app.Use(async (http, next) =>
    {
        // Our answers change within the second that a date can name. ETags are what we go by.
        http.Request.Headers.IfModifiedSince = default;

        if (!HttpMethods.IsGet(http.Request.Method) || http.Request.Headers.IfNoneMatch.Count == 0)
        {
            await next(http);
            return;
        }

        var body = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        http.Response.OnStarting(() =>
        {
            if (http.Response.StatusCode == StatusCodes.Status200OK && HasIt(http.Request, http.Response.Headers.ETag))
                AnswerNotModified(http.Response);
            return Task.CompletedTask;
        });
        http.Response.Body = new UnlessNotModified(http.Response, body.Stream);
        try
        {
            await next(http);
        }
        finally
        {
            http.Features.Set(body);
        }
    });

    /// <summary>Whether the client says that it has what this tag stands for.</summary>
    public static bool HasIt(HttpRequest request, string? tag) =>
        request.Headers.IfNoneMatch is { Count: > 0 } known
        && EntityTagHeaderValue.TryParse(tag, out var current)
        && EntityTagHeaderValue.TryParseList(known, out var tags)
        && tags.Any(one => one.Equals(EntityTagHeaderValue.Any) || one.Compare(current, useStrongComparison: false));

    static void AnswerNotModified(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status304NotModified;
        response.ContentLength = null;
        response.ContentType = null;
    }

    /// <summary>Lets the body pass, except where the answer turned out to be 304 when it started.</summary>
    sealed class UnlessNotModified(HttpResponse response, Stream inner) : Stream
    {
        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellation = default)
        {
            await response.StartAsync(cancellation);
            if (response.StatusCode != StatusCodes.Status304NotModified)
                await inner.WriteAsync(buffer, cancellation);
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellation) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellation).AsTask();

        public override Task FlushAsync(CancellationToken cancellation) => inner.FlushAsync(cancellation);

        public override bool CanWrite => true;
        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override void Flush() => throw new NotSupportedException();
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
