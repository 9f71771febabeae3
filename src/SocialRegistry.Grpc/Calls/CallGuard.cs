using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace SocialRegistry.Grpc.Calls;

/// <summary>What every method of ours has around it, unknown ones too: an end in time, and a status for messages that are none.</summary>
internal static class CallGuard
{
    /// <summary>For calls that name no deadline.</summary>
    private const string LongestCall = "300S";

    private const string Timeout = "grpc-timeout";
    private const string StatusTrailer = "grpc-status";

    private static readonly string[] LibraryStatuses =
    [
        ((int)StatusCode.Unknown).ToString(),
        ((int)StatusCode.Internal).ToString(),
    ];

    public static void Add(EndpointBuilder endpoint)
    {
        var next = endpoint.RequestDelegate!;
        endpoint.RequestDelegate = async context =>
        {
            if (!context.Request.Headers.ContainsKey(Timeout))
            {
                context.Request.Headers[Timeout] = LongestCall;
            }

            await next(context);
            RefuseUnreadable(context);
        };
    }

    /// <summary>
    /// A body that is no such message fails before any of our code runs, and the library calls that UNKNOWN or, when it is cut
    /// short, INTERNAL; it is the sender's mistake.
    /// </summary>
    private static void RefuseUnreadable(HttpContext context)
    {
        if (context.Features.Get<RequestWasRead>() is not null)
        {
            return;
        }

        var headers = context.Response.Headers.ContainsKey(StatusTrailer)
            ? context.Response.Headers
            : context.Features.Get<IHttpResponseTrailersFeature>()?.Trailers;
        if (headers is not null && LibraryStatuses.Contains(headers[StatusTrailer].ToString()))
        {
            headers[StatusTrailer] = ((int)StatusCode.InvalidArgument).ToString();
            headers["grpc-message"] = "The body is not the message that this method takes.";
        }
    }
}
