using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SocialRegistry.Contracts;
using SocialRegistry.Grpc.Messages;

namespace SocialRegistry.Grpc.Calls;

/// <summary>Turns what escapes a method into a status without internals.</summary>
internal sealed partial class ErrorInterceptor(ILogger<ErrorInterceptor> logger) : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request,
        ServerCallContext context,
        UnaryServerMethod<TRequest, TResponse> continuation
    )
    {
        context.GetHttpContext().Features.Set(RequestWasRead.Instance);
        try
        {
            return await continuation(request, context);
        }
        catch (Exception e) when (e is not RpcException)
        {
            throw Translate(e, context);
        }
    }

    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation
    )
    {
        // Whether the first message was understood is for the method to say.
        try
        {
            return await continuation(requestStream, context);
        }
        catch (Exception e) when (e is not RpcException)
        {
            throw Translate(e, context);
        }
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation
    )
    {
        context.GetHttpContext().Features.Set(RequestWasRead.Instance);
        try
        {
            await continuation(request, responseStream, context);
        }
        catch (Exception e) when (e is not RpcException)
        {
            throw Translate(e, context);
        }
    }

    private RpcException Translate(Exception exception, ServerCallContext context)
    {
        switch (exception)
        {
            case ProblemException refused:
                return refused.Problem.ToRpcException();
            case BusyException busy:
                return busy.Problem.ToRpcException();
            case UnreadableMessageException unreadable:
                return unreadable.Problem.ToRpcException();
            case OperationCanceledException when context.CancellationToken.IsCancellationRequested:
                return new RpcException(new Status(StatusCode.Cancelled, "The call was cancelled."));
        }

        // The exception's message may quote values, so only its type and stack are logged.
        var requestId = context.GetHttpContext().TraceIdentifier;
        Log.Failed(logger, exception.GetType().Name, context.Method, requestId, exception.StackTrace);
        return new RpcException(
            new Status(
                StatusCode.Internal,
                "Something went wrong here; nothing was half-written. Tell the operator the request id."
            ),
            new Metadata { { "request-id", requestId } }
        );
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 6002,
            Level = LogLevel.Error,
            Message = "{Type} escaped {Method}, request {RequestId}\n{Stack}"
        )]
        public static partial void Failed(ILogger logger, string type, string method, string requestId, string? stack);
    }
}

/// <summary>Carries a problem out of a method; never logged.</summary>
internal sealed class ProblemException(Problem problem) : Exception(problem.Code)
{
    public Problem Problem { get; } = problem;
}

/// <summary>Stands among the features of a call whose message was understood.</summary>
internal sealed class RequestWasRead
{
    public static RequestWasRead Instance { get; } = new();
}
