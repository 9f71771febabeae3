namespace SocialRegistry.Exchange.Csv;

/// <summary>Characters of a text one by one, some of which may be put back.</summary>
internal sealed class CharSource(TextReader text)
{
    private readonly char[] buffer = new char[32 * 1024];
    private string returned = "";
    private int returnedAt;
    private int length;
    private int at;

    /// <summary>The next character, or -1 at the end.</summary>
    public int Read()
    {
        var next = Peek();
        if (returnedAt < returned.Length)
        {
            returnedAt++;
        }
        else if (next >= 0)
        {
            at++;
        }

        return next;
    }

    /// <summary>What <see cref="Read"/> will give.</summary>
    public int Peek()
    {
        if (returnedAt < returned.Length)
        {
            return returned[returnedAt];
        }

        if (at == length)
        {
            length = text.Read(buffer, 0, buffer.Length);
            at = 0;
        }

        return at == length ? -1 : buffer[at];
    }

    /// <summary>These characters come next.</summary>
    public void PutBack(string characters)
    {
        returned = returnedAt < returned.Length ? characters + returned[returnedAt..] : characters;
        returnedAt = 0;
    }
}
