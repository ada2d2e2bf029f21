"""The pages: urls, views, presenters, templates. Reads by selectors and writes by actions."""
