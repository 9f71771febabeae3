using Google.Protobuf;
using Grpc.Core;
using SocialRegistry.Contracts;
using SocialRegistry.Grpc.Calls;
using SocialRegistry.Grpc.Messages;

namespace SocialRegistry.Grpc.Server;

internal sealed class DocumentsService(IDocuments documents) : V1.Documents.DocumentsBase
{
    private const int PieceSize = 64 * 1024;

    public override async Task<V1.AddDocumentReply> Add(
        IAsyncStreamReader<V1.AddDocumentRequest> requestStream,
        ServerCallContext context
    )
    {
        if (
            !await requestStream.MoveNext(context.CancellationToken)
            || requestStream.Current.Document is not { } document
        )
        {
            throw UnreadableMessageException.Of("document", "required", "expected the description first");
        }

        context.GetHttpContext().Features.Set(RequestWasRead.Instance);
        await using var content = new PieceStream<V1.AddDocumentRequest>(
            requestStream,
            message =>
                message.PartCase == V1.AddDocumentRequest.PartOneofCase.Content
                    ? message.Content
                    : throw UnreadableMessageException.Of("content", "required", "expected content")
        );
        var outcome = await documents.AddAsync(
            document.RegistrantId.ToRegistrantId("registrant_id"),
            document.ToRequest(),
            content,
            document.Conditions.ToRequest(),
            CallerFeature.Of(context),
            context.CancellationToken
        );
        return new V1.AddDocumentReply { Document = outcome.OrRefuse().ToWire() };
    }

    public override async Task<V1.ListDocumentsReply> List(V1.ListDocumentsRequest request, ServerCallContext context)
    {
        var outcome = await documents.ListAsync(
            request.RegistrantId.ToRegistrantId("registrant_id"),
            CallerFeature.Of(context),
            context.CancellationToken
        );
        return new V1.ListDocumentsReply { Documents = { outcome.OrRefuse().Select(d => d.ToWire()) } };
    }

    public override async Task Open(
        V1.OpenDocumentRequest request,
        IServerStreamWriter<V1.OpenDocumentReply> responseStream,
        ServerCallContext context
    )
    {
        var outcome = await documents.OpenAsync(
            request.RegistrantId.ToRegistrantId("registrant_id"),
            request.DocumentId.ToDocumentId("document_id"),
            CallerFeature.Of(context),
            context.CancellationToken
        );
        await using var opened = outcome.OrRefuse();
        await responseStream.WriteAsync(
            new V1.OpenDocumentReply { Document = opened.View.ToWire() },
            context.CancellationToken
        );
        var buffer = new byte[PieceSize];
        while (await opened.Content.ReadAsync(buffer, context.CancellationToken) is > 0 and var count)
        {
            await responseStream.WriteAsync(
                new V1.OpenDocumentReply { Content = ByteString.CopyFrom(buffer, 0, count) },
                context.CancellationToken
            );
        }
    }

    public override async Task<V1.RemoveDocumentReply> Remove(
        V1.RemoveDocumentRequest request,
        ServerCallContext context
    )
    {
        var outcome = await documents.RemoveAsync(
            request.RegistrantId.ToRegistrantId("registrant_id"),
            request.DocumentId.ToDocumentId("document_id"),
            request.Reason,
            request.Conditions.ToRequest(),
            CallerFeature.Of(context),
            context.CancellationToken
        );
        outcome.OrRefuse();
        return new V1.RemoveDocumentReply();
    }
}
