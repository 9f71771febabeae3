using Google.Protobuf;
using Grpc.Core;
using SocialRegistry.Contracts;
using SocialRegistry.Grpc.Messages;

namespace SocialRegistry.Grpc.Client;

internal sealed class RemoteDocuments(RemoteCalls calls) : IDocuments
{
    private const int PieceSize = 64 * 1024;

    private readonly V1.Documents.DocumentsClient client = calls.Channel.Documents;

    public Task<Outcome<DocumentView>> AddAsync(
        RegistrantId id,
        NewDocument document,
        Stream content,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        calls.SendAsync<V1.AddDocumentRequest, V1.AddDocumentReply, DocumentView>(
            o => client.Add(o),
            async writer =>
            {
                var first = document.ToWire(id);
                first.Conditions = conditions.ToWire();
                await writer.WriteAsync(new V1.AddDocumentRequest { Document = first }, cancellationToken);
                var buffer = new byte[PieceSize];
                while (await content.ReadAsync(buffer, cancellationToken) is > 0 and var count)
                {
                    var piece = new V1.AddDocumentRequest { Content = ByteString.CopyFrom(buffer, 0, count) };
                    await writer.WriteAsync(piece, cancellationToken);
                }
            },
            reply =>
                reply.Document?.ToView()
                ?? throw UnreadableMessageException.Of("document", "required", "expected a document"),
            caller,
            cancellationToken
        );

    public Task<Outcome<IReadOnlyList<DocumentView>>> ListAsync(
        RegistrantId id,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = new V1.ListDocumentsRequest { RegistrantId = id.ToString() };
        return calls.AskAsync<V1.ListDocumentsReply, IReadOnlyList<DocumentView>>(
            o => client.ListAsync(request, o),
            reply => [.. reply.Documents.Select(d => d.ToView())],
            caller,
            cancellationToken
        );
    }

    public Task<Outcome<DocumentContent>> OpenAsync(
        RegistrantId id,
        DocumentId document,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = new V1.OpenDocumentRequest { RegistrantId = id.ToString(), DocumentId = document.ToString() };
        return calls.OpenAsync(
            o => client.Open(request, o),
            call => ReadAsync(call, cancellationToken),
            caller,
            cancellationToken
        );
    }

    public Task<Outcome<Done>> RemoveAsync(
        RegistrantId id,
        DocumentId document,
        string reason,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = new V1.RemoveDocumentRequest
        {
            RegistrantId = id.ToString(),
            DocumentId = document.ToString(),
            Reason = reason,
            Conditions = conditions.ToWire(),
        };
        return calls.AskAsync(o => client.RemoveAsync(request, o), _ => default(Done), caller, cancellationToken);
    }

    private static async Task<DocumentContent> ReadAsync(
        AsyncServerStreamingCall<V1.OpenDocumentReply> call,
        CancellationToken cancellationToken
    )
    {
        var pieces = call.ResponseStream;
        if (!await pieces.MoveNext(cancellationToken) || pieces.Current.Document is not { } document)
        {
            throw UnreadableMessageException.Of("document", "required", "expected a document");
        }

        return new DocumentContent(
            document.ToView(),
            new PieceStream<V1.OpenDocumentReply>(pieces, piece => piece.Content, call)
        );
    }
}
