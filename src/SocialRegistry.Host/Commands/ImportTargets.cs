using System.Text;
using SocialRegistry.Exchange.Imports;

namespace SocialRegistry.Host.Commands;

/// <summary>The files an import writes, if any; only their owner may read them, and none is overwritten.</summary>
internal sealed class ImportTargets(FileInfo? result, FileInfo? parked) : IAsyncDisposable
{
    private StreamWriter? results;
    private StreamWriter? rows;

    public async Task OpenAsync(IReadOnlyList<string> headers, CancellationToken cancellationToken)
    {
        results = Create(result);
        rows = Create(parked);
        await WriteAsync(results, ImportFiles.ResultHeader, cancellationToken);
        await WriteAsync(rows, ImportFiles.ParkedHeader(headers), cancellationToken);
    }

    public async Task WriteAsync(ImportBatch batch, CancellationToken cancellationToken)
    {
        await WriteAsync(results, ImportFiles.Results(batch), cancellationToken);
        await WriteAsync(rows, ImportFiles.Parked(batch), cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await DisposeAsync(results);
        await DisposeAsync(rows);
    }

    private static StreamWriter? Create(FileInfo? file) =>
        file is null
            ? null
            : new StreamWriter(
                PrivateFiles.Create(file.FullName),
                new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)
            );

    private static Task WriteAsync(StreamWriter? file, string text, CancellationToken cancellationToken) =>
        file is null ? Task.CompletedTask : file.WriteAsync(text.AsMemory(), cancellationToken);

    private static ValueTask DisposeAsync(StreamWriter? file) => file?.DisposeAsync() ?? ValueTask.CompletedTask;
}
