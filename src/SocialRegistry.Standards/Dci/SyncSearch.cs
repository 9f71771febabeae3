using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SocialRegistry.Contracts;
using SocialRegistry.Standards.Dci.Envelope;
using SocialRegistry.Standards.Dci.Search;
using SocialRegistry.Standards.Dci.Signatures;

namespace SocialRegistry.Standards.Dci;

/// <summary>
/// <c>POST /registry/sync/search</c>, step by step, cheap checks first: size, content type, (token: done before), JSON, header and
/// message there, header fields, partner, sender and receiver, signature, encryption, replay, message, items.
/// </summary>
internal sealed partial class SyncSearch(
    IPartners partners,
    VocabularySource vocabularies,
    SearchRegistry registry,
    MessageVerifier verifier,
    MessageSigner signer,
    MessageMemory memory,
    DciIdentity identity,
    IOptions<DciOptions> options,
    TimeProvider time,
    ILogger<SyncSearch> logger
)
{
    private const string Action = "search";

    public async Task AnswerAsync(HttpContext context, Caller caller, CancellationToken cancellationToken)
    {
        Outcome<ReadOnlyMemory<byte>> answer;
        try
        {
            answer = await AnswerAsync(context.Request, caller, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // The exception's text may quote values, so only its type and stack are logged.
            Log.Failed(logger, e.GetType().Name, context.TraceIdentifier, e.StackTrace);
            answer = DciErrors.Internal;
        }

        if (!answer.Succeeded)
        {
            Log.Refused(logger, caller.Id, DciErrors.Code(answer.Problem), context.TraceIdentifier);
            await ErrorAnswer.WriteAsync(context, answer.Problem, cancellationToken);
            return;
        }

        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentLength = answer.Value.Length;
        await context.Response.BodyWriter.WriteAsync(answer.Value, cancellationToken);
    }

    private async Task<Outcome<ReadOnlyMemory<byte>>> AnswerAsync(
        HttpRequest request,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var body = await MessageBody.ReadAsync(request, options.Value.MaxMessageBytes, cancellationToken);
        if (!body.Succeeded)
        {
            return body.Problem;
        }

        var read = SignedEnvelope.Read(body.Value);
        if (!read.Succeeded)
        {
            return read.Problem;
        }

        using var envelope = read.Value;
        var header = RequestHeader.Read(envelope.Header, Action);
        if (!header.Succeeded)
        {
            return header.Problem;
        }

        if (
            await partners.FindAsync(caller.Id, cancellationToken) is not { } partner
            || caller.Kind != CallerKind.Partner
        )
        {
            return Problem.Forbidden(DciErrors.Forbidden, "This door is for partners.");
        }

        if (Refuse(envelope, header.Value, partner) is { } refusal)
        {
            return refusal;
        }

        var answers = new AnswerWriter(signer, identity, partner, time.GetUtcNow());
        if (memory.IsTaken(partner.Id, header.Value.MessageId, envelope.RawMessage))
        {
            return answers.Rejected(
                header.Value,
                "rjct.message_id.duplicate",
                "This message_id was used for another message; take a new one."
            );
        }

        var vocabulary = await vocabularies.GetAsync(cancellationToken);
        var message = new SearchMessageReader(vocabulary, partner, caller, options.Value).Read(envelope.Message);
        if (!message.Succeeded)
        {
            return message.Problem;
        }

        if (header.Value.TotalCount != message.Value.Items.Count || envelope.HasDuplicates)
        {
            Log.Tolerated(
                logger,
                partner.Id,
                header.Value.TotalCount,
                message.Value.Items.Count,
                envelope.HasDuplicates
            );
        }

        memory.Remember(partner.Id, header.Value.MessageId, envelope.RawMessage);
        var found = await registry.RunAsync(
            message.Value.Items,
            caller,
            options.Value.MaxRelatedRecords,
            cancellationToken
        );
        if (!found.Succeeded)
        {
            return found.Problem;
        }

        return answers.Search(header.Value, message.Value, found.Value, vocabulary.Plans, caller.Fields);
    }

    private Problem? Refuse(SignedEnvelope envelope, RequestHeader header, PartnerView partner)
    {
        if (header.SenderId != partner.Id)
        {
            return DciErrors.WrongSender;
        }

        if (header.ReceiverId is { } receiver && !identity.Is(receiver))
        {
            return DciErrors.WrongReceiver;
        }

        return verifier.Check(envelope, partner) ?? (header.IsMsgEncrypted ? DciErrors.Encrypted : null);
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 2001,
            Level = LogLevel.Information,
            Message = "A message of {Partner} was refused with {Code} ({RequestId})"
        )]
        public static partial void Refused(ILogger logger, string partner, string code, string requestId);

        [LoggerMessage(
            EventId = 2002,
            Level = LogLevel.Information,
            Message = "A message of {Partner} was taken as it is: total_count {TotalCount} with {Items} items, repeated members: {Repeated}"
        )]
        public static partial void Tolerated(ILogger logger, string partner, int totalCount, int items, bool repeated);

        [LoggerMessage(
            EventId = 2003,
            Level = LogLevel.Error,
            Message = "{Type} escaped a search ({RequestId})\n{Stack}"
        )]
        public static partial void Failed(ILogger logger, string type, string requestId, string? stack);
    }
}
