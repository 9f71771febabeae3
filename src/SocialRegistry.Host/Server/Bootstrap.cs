using System.Text;
using SocialRegistry.Access;
using SocialRegistry.Contracts;
using SocialRegistry.Host.Commands;

namespace SocialRegistry.Host.Server;

/// <summary>Applies the bootstrap file and makes the first administrator, before anything listens.</summary>
internal static class Bootstrap
{
    /// <param name="file">Path of a file after <c>schemas/bootstrap.schema.json</c>; absent: only the administrator.</param>
    /// <exception cref="OperatorException">The file cannot be read, or is wrong somewhere; then nothing of it was applied.</exception>
    public static async Task ApplyAsync(WebApplication app, string? file, CancellationToken cancellationToken)
    {
        var setup = app.Services.GetRequiredService<IAccessSetup>();
        if (!string.IsNullOrWhiteSpace(file))
        {
            var content = await ReadAsync(file, cancellationToken);
            await ApplyCatalogueAsync(app, setup, file, content, cancellationToken);
            var areas = new BootstrapAreas(app.Services.GetRequiredService<IAreas>());
            if (await areas.CheckAsync(content, cancellationToken) is { } problem)
            {
                throw new OperatorException(Describe(file, problem));
            }

            var applied = await setup.ApplyAsync(content, cancellationToken);
            if (!applied.Succeeded)
            {
                throw new OperatorException(Describe(file, applied.Problem));
            }

            await areas.ApplyAsync(cancellationToken);
        }

        if (await setup.EnsureAdministratorAsync(cancellationToken) is { } administrator)
        {
            // To the terminal only: standard output belongs to the command's result, and the log is kept.
            await Console.Error.WriteLineAsync(
                $"First administrator: {administrator.User} / {administrator.Password}   (shown once; choose your own password at the first sign-in)"
            );
        }
    }

    /// <summary>Fields and code lists first, since partners name fields; nothing is applied unless the rest of the file is right as well.</summary>
    private static async Task ApplyCatalogueAsync(
        WebApplication app,
        IAccessSetup setup,
        string file,
        byte[] content,
        CancellationToken cancellationToken
    )
    {
        var catalogue = BootstrapCatalogue.Read(content);
        if (!catalogue.Succeeded)
        {
            throw new OperatorException(Describe(file, catalogue.Problem));
        }

        if (catalogue.Value.IsEmpty)
        {
            return;
        }

        var standing = await app.Services.GetRequiredService<IFieldCatalogue>().GetAsync(cancellationToken);
        var rest = await setup.CheckAsync(content, catalogue.Value.On(standing), cancellationToken);
        if (!rest.Succeeded)
        {
            throw new OperatorException(Describe(file, rest.Problem));
        }

        var applied = await app
            .Services.GetRequiredService<ICatalogueChanges>()
            .ApplyAsync(catalogue.Value.Additions, Caller.System("bootstrap", "cli"), cancellationToken);
        if (!applied.Succeeded)
        {
            throw new OperatorException(Describe(file, applied.Problem));
        }
    }

    private static async Task<byte[]> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read);
            // Not the file's length: a pipe has none.
            using var content = new MemoryStream();
            var buffer = new byte[64 * 1024];
            int read;
            while ((read = await stream.ReadAsync(buffer, cancellationToken)) > 0)
            {
                content.Write(buffer, 0, read);
                if (content.Length > IAccessSetup.MaxBytes)
                {
                    break;
                }
            }

            return content.ToArray();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException($"The bootstrap file {file} cannot be read: {e.Message}");
        }
    }

    private static string Describe(string file, Problem problem)
    {
        var text = new StringBuilder($"{file}: {problem.Detail}");
        foreach (var field in problem.Fields)
        {
            text.Append($"\n  {field.Field}: {field.Detail} ({field.Code})");
        }

        return text.ToString();
    }
}
