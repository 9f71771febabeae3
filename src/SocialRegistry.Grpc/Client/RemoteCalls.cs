using Grpc.Core;
using SocialRegistry.Contracts;
using SocialRegistry.Grpc.Calls;
using SocialRegistry.Grpc.Messages;

namespace SocialRegistry.Grpc.Client;

/// <summary>Makes one call: a fresh caller token, a deadline, and every way it can end turned into an outcome.</summary>
internal sealed class RemoteCalls(RegistryChannel channel, CallerTokens tokens)
{
    /// <summary>For ports that ask for no caller: the deployment itself, allowed nothing.</summary>
    public static readonly Caller Nobody = new()
    {
        Kind = CallerKind.System,
        Id = "role",
        Channel = "grpc",
        Permissions = new HashSet<string>(),
    };

    public RegistryChannel Channel { get; } = channel;

    /// <summary>One message out, one in.</summary>
    public Task<Outcome<T>> AskAsync<TReply, T>(
        Func<CallOptions, AsyncUnaryCall<TReply>> start,
        Func<TReply, T> read,
        Caller caller,
        CancellationToken cancellationToken,
        TimeSpan? deadline = null
    ) =>
        RunAsync(
            async options =>
            {
                using var call = start(options);
                return read(await call.ResponseAsync);
            },
            deadline ?? GrpcLimits.Deadline,
            caller,
            cancellationToken
        );

    /// <summary>One message out, many in.</summary>
    public Task<Outcome<IReadOnlyList<T>>> CollectAsync<TReply, T>(
        Func<CallOptions, AsyncServerStreamingCall<TReply>> start,
        Func<TReply, T> read,
        int expected,
        TimeSpan deadline,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        RunAsync<IReadOnlyList<T>>(
            async options =>
            {
                using var call = start(options);
                var items = new List<T>(expected);
                await foreach (var reply in call.ResponseStream.ReadAllAsync(cancellationToken))
                {
                    items.Add(read(reply));
                }

                return items.Count == expected
                    ? items
                    : throw new RpcException(
                        new Status(StatusCode.DataLoss, "Another number of answers than questions.")
                    );
            },
            deadline,
            caller,
            cancellationToken
        );

    /// <summary>One message out, many in that make one answer; <c>null</c> when they make none.</summary>
    public Task<Outcome<T>> GatherAsync<TReply, T>(
        Func<CallOptions, AsyncServerStreamingCall<TReply>> start,
        Func<IReadOnlyList<TReply>, T?> read,
        Caller caller,
        CancellationToken cancellationToken
    )
        where T : class =>
        RunAsync(
            async options =>
            {
                using var call = start(options);
                var replies = new List<TReply>();
                await foreach (var reply in call.ResponseStream.ReadAllAsync(cancellationToken))
                {
                    replies.Add(reply);
                }

                return read(replies)
                    ?? throw new RpcException(new Status(StatusCode.DataLoss, "The answer is not whole."));
            },
            GrpcLimits.Deadline,
            caller,
            cancellationToken
        );

    /// <summary>Many messages out, one in.</summary>
    public Task<Outcome<T>> SendAsync<TRequest, TReply, T>(
        Func<CallOptions, AsyncClientStreamingCall<TRequest, TReply>> start,
        Func<IClientStreamWriter<TRequest>, Task> write,
        Func<TReply, T> read,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        RunAsync(
            async options =>
            {
                using var call = start(options);
                try
                {
                    await write(call.RequestStream);
                    await call.RequestStream.CompleteAsync();
                }
                catch (Exception e) when (e is RpcException || (e is InvalidOperationException && HasEnded(call)))
                {
                    // The core refused before it had read everything; its answer says why.
                }

                return read(await call.ResponseAsync);
            },
            GrpcLimits.DocumentDeadline,
            caller,
            cancellationToken
        );

    /// <summary>One message out, many in, read by the caller as they come; what <paramref name="begin"/> returns ends the call.</summary>
    public Task<Outcome<T>> OpenAsync<TReply, T>(
        Func<CallOptions, AsyncServerStreamingCall<TReply>> start,
        Func<AsyncServerStreamingCall<TReply>, Task<T>> begin,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        RunAsync(
            async options =>
            {
                var call = start(options);
                try
                {
                    return await begin(call);
                }
                catch
                {
                    call.Dispose();
                    throw;
                }
            },
            GrpcLimits.DocumentDeadline,
            caller,
            cancellationToken
        );

    private static bool HasEnded<TRequest, TReply>(AsyncClientStreamingCall<TRequest, TReply> call) =>
        call.ResponseAsync.IsCompleted;

    private async Task<Outcome<T>> RunAsync<T>(
        Func<CallOptions, Task<T>> call,
        TimeSpan deadline,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var token = tokens.Mint(caller);
        if (!token.Succeeded)
        {
            return token.Problem;
        }

        // The library measures deadlines with the machine's clock, whatever clock the application is given.
        var options = new CallOptions(
            new Metadata { { "authorization", "Bearer " + token.Value } },
            TimeProvider.System.GetUtcNow().UtcDateTime + deadline,
            cancellationToken
        );
        try
        {
            return await call(options);
        }
        catch (RpcException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (RpcException e)
        {
            return ToProblem(e) ?? throw new RemotePortException(e.StatusCode, Channel.Address, e);
        }
        catch (UnreadableMessageException e)
        {
            throw new RemotePortException(StatusCode.DataLoss, Channel.Address, e);
        }
    }

    /// <summary>What the core refused, or what a user can try again; <c>null</c> for what is broken.</summary>
    private static Problem? ToProblem(RpcException exception) =>
        exception.ToProblem()
        ?? (IsBrokenConnection(exception) ? StatusCode.Unavailable : exception.StatusCode) switch
        {
            StatusCode.Unavailable => new Problem(
                "grpc.unavailable",
                ProblemKind.Unavailable,
                "The core of the registry does not answer; try again later."
            ),
            StatusCode.DeadlineExceeded => new Problem(
                "grpc.deadline_exceeded",
                ProblemKind.Unavailable,
                "The core of the registry did not answer in time. What was asked may have been done."
            ),
            StatusCode.ResourceExhausted => new Problem(
                "grpc.message_too_large",
                ProblemKind.TooLarge,
                "The message is larger than 4 MiB."
            ),
            _ => null,
        };

    /// <summary>A connection that ends in the midst of a call is INTERNAL to the library, like a mistake of the server.</summary>
    private static bool IsBrokenConnection(RpcException exception) =>
        exception is { StatusCode: StatusCode.Internal, Status.DebugException: HttpRequestException or IOException };
}
