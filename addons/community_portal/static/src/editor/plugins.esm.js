import {ShortCutPlugin} from "@html_editor/core/shortcut_plugin";
import {FeffPlugin} from "@html_editor/main/feff_plugin";
import {HintPlugin} from "@html_editor/main/hint_plugin";
import {InlineCodePlugin} from "@html_editor/main/inline_code";
import {LinkPastePlugin} from "@html_editor/main/link/link_paste_plugin";
import {LinkPlugin} from "@html_editor/main/link/link_plugin";
import {LinkSelectionPlugin} from "@html_editor/main/link/link_selection_plugin";
import {ListPlugin} from "@html_editor/main/list/list_plugin";
import {PlaceholderPlugin} from "@html_editor/main/placeholder_plugin";
import {TabulationPlugin} from "@html_editor/main/tabulation_plugin";
import {ColorPlugin} from "@html_editor/main/font/color_plugin";
import {CORE_PLUGINS} from "@html_editor/plugin_sets";
import {MentionPlugin} from "./mention_plugin.esm";

export const PLUGINS = [
    ...CORE_PLUGINS,
    ColorPlugin,
    FeffPlugin,
    HintPlugin,
    InlineCodePlugin,
    LinkPastePlugin,
    LinkPlugin,
    LinkSelectionPlugin,
    ListPlugin,
    MentionPlugin,
    PlaceholderPlugin,
    ShortCutPlugin,
    TabulationPlugin,
];
